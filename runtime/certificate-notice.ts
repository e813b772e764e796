/** Something about this Node-RED that whoever looks after it must know; its words are the console's (`console.notice.<code>`). */
export interface Notice {
  code: string;
  message: string;
  remedy: string;
}

/**
 * Node.js can be told to trust every certificate. Our own connections do not follow (connectors/http/checked-agent.ts), but all other
 * nodes do. Asked anew each time: the variable may be set by a node too.
 */
export function certificateNotices(environment: NodeJS.ProcessEnv = process.env): Notice[] {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return [];
  return [
    {
      code: 'CERTIFICATES_NOT_CHECKED',
      message:
        'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: Node-RED and its other nodes check no certificates. The connections of PS Connect check them all the same.',
      remedy: 'Remove the variable. The certificate of an authority of your own goes into NODE_EXTRA_CA_CERTS.',
    },
  ];
}
