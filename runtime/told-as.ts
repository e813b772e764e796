/** Something to be told to people, whatever it is told by. */
export interface Told {
  /** one line */
  title: string;
  /** a line for each thing */
  text: string;
  /** where it can be answered */
  link?: { label: string; address: string };
  /** all of it, for a flow */
  fields: unknown;
}

/** Ways to tell it: values of a form's field *Message as*. */
export const toldFormats = ['fields', 'text', 'slack', 'teams', 'mail'] as const;
export type ToldFormat = (typeof toldFormats)[number];

/** `payload` as the one that is sent to expects it. */
export const toldAs: Record<ToldFormat, (told: Told) => unknown> = {
  fields: ({ fields }) => fields,
  text: ({ text, link }) => (link ? `${text}\n${link.label}: ${link.address}` : text),
  /** Body of an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
  slack: ({ title, text, link }) => ({
    text: `*${forSlack(title)}*\n${forSlack(text)}${link ? `\n<${link.address}|${forSlack(link.label)}>` : ''}`,
  }),
  /** Body of the trigger *When a Teams webhook request is received*: https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook */
  teams: ({ title, text, link }) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'TextBlock', text: forTeams(title), weight: 'Bolder', wrap: true },
            ...text.split('\n').map((line) => ({ type: 'TextBlock', text: forTeams(line), wrap: true, spacing: 'Small' })),
          ],
          ...(link ? { actions: [{ type: 'Action.OpenUrl', title: link.label, url: link.address }] } : {}),
        },
      },
    ],
  }),
  /** HTML: Node-RED's e-mail node takes whatever looks like a tag for it, the name of a deal too (node-red-node-email, 61-email.js) */
  mail: ({ title, text, link }) =>
    [
      `<p><b>${forHtml(title)}</b></p>`,
      `<p>${text.split('\n').map(forHtml).join('<br>')}</p>`,
      link ? `<p><a href="${forHtml(link.address)}">${forHtml(link.label)}</a></p>` : '',
    ].join('\n'),
};

/** Slack reads these three as control characters: `<!channel>` in the name of a deal would wake everybody. */
const forSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A card reads Markdown: a link in the name of a deal would be one. */
const forTeams = (text: string) => text.replace(/[\\[\]()*_#`~]/g, '\\$&');

export const forHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
