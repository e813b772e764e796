import { eventsByWebhook } from './events-by-webhook.ts';

eventsByWebhook({
  root: 'apart from the HTTP nodes',
  adminRoot: '/admin',
  settings: "httpAdminRoot: '/admin', httpNodeRoot: '/',",
});
