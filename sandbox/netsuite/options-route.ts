import type { Express } from 'express';

/** `OPTIONS` on any address of the web services is answered 204 with what may be called, before anybody signs in: it is what browsers and gateways ask first. */
export function optionsRoute(app: Express): void {
  app.use('/services/rest', (request, response, next) => {
    if (request.method !== 'OPTIONS') {
      next();
      return;
    }
    response.setHeader('Allow', 'GET, POST, PUT, PATCH, DELETE, OPTIONS');
    response.status(204).end();
  });
}
