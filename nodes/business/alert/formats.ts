import type { Alert } from './alert.ts';

/** What leaves the node, by the field *Message*: `payload` as the one that is sent to expects it. */
export const formats = {
  fields: (alert: Alert): unknown => alert,
  text: ({ text }: Alert): unknown => text,
  /** Body of an incoming webhook: https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks */
  slack: ({ title, text }: Alert): unknown => ({ text: `*${forSlack(title)}*\n${forSlack(text)}` }),
  /** Body of the trigger *When a Teams webhook request is received*: https://learn.microsoft.com/connectors/teams/#microsoft-teams-webhook */
  teams: ({ title, text }: Alert): unknown => ({
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
        },
      },
    ],
  }),
} as const;

/** Slack reads these three as control characters: `<!channel>` in the name of a deal would wake everybody. */
const forSlack = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A card reads Markdown: a link in the name of a deal would be one. */
const forTeams = (text: string) => text.replace(/[\\[\]()*_#`~]/g, '\\$&');
