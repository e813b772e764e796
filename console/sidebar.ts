import { activityIn } from './activity.ts';
import { CanvasLights, lightsStyle } from './canvas/canvas-lights.ts';
import { editorHost } from './editor-host.ts';
import { Hearing } from './hearing.ts';
import { newsTopic } from './news-channel.ts';
import './parts/console-root.ts';
import { RED } from './red-editor.ts';

const id = 'ps-connect';

RED.plugins.registerPlugin(id, {
  onadd() {
    const host = editorHost();
    const view = Object.assign(document.createElement('psc-console'), { host });
    RED.sidebar.addTab({
      id,
      label: host.words('title'),
      name: host.words('title'),
      iconClass: 'fa fa-exchange',
      content: view,
      // stays usable while a node's form is open: its remedies are carried out there
      enableOnEdit: true,
      action: 'ps-connect:show-sidebar',
    });
    RED.actions.add('ps-connect:show-sidebar', () => RED.sidebar.show(id));

    const style = document.createElement('style');
    style.textContent = lightsStyle;
    document.head.append(style);
    const chart = document.getElementById('red-ui-workspace-chart');
    const lights = chart ? new CanvasLights(chart) : undefined;

    const hearing = new Hearing((hears) => host.refresh.setHears(hears));
    RED.comms.subscribe('hb', () => hearing.sign());
    RED.comms.subscribe(newsTopic, (_topic, data) => {
      hearing.sign();
      lights?.show(activityIn(data).nodes);
      host.refresh.soon();
    });
    RED.events.on('deploy', () => host.refresh.soon());
  },
});
