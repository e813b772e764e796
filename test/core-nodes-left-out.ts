/** Nodes of Node-RED's own that no test's flow has, and that cost each start the most: clients of other protocols, processes of the machine. */
export const coreNodesLeftOut: readonly string[] = [
  '10-mqtt.js',
  '31-tcpin.js',
  '32-udp.js',
  '22-websocket.js',
  '23-watch.js',
  '90-exec.js',
];

/** Where only the pack's own nodes work. */
export const parsersLeftOut: readonly string[] = ['21-httprequest.js', '70-CSV.js', '70-HTML.js', '70-JSON.js', '70-XML.js', '70-YAML.js'];
