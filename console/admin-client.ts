import type { AdminApi } from '../runtime/admin-api/admin-api.generated.ts';
import { JsonClient, type JsonClientOptions } from './json-client.ts';

type Route = keyof AdminApi;
/** `runs/:id`, as the routes have it. */
type Path<Method extends 'GET' | 'POST', Name extends Route = Route> = Name extends `${Method} /${infer Rest}` ? Rest : never;
/** What stands in the path is needed, and there is nothing to give where nothing does. */
type InPath<Name extends Route> = keyof AdminApi[Name]['path'] extends never ? [] : [path: AdminApi[Name]['path']];
type Asked<Name extends Route> = keyof AdminApi[Name]['path'] extends never
  ? [query?: AdminApi[Name]['query']]
  : [parameters: AdminApi[Name]['path'] & AdminApi[Name]['query']];

/** The admin API: each route is asked with what its schemas take, and answers what they say. */
export class AdminClient {
  private readonly client: JsonClient;

  constructor(options: JsonClientOptions) {
    this.client = new JsonClient(options);
  }

  get<To extends Path<'GET'>>(path: To, ...[parameters = {}]: Asked<`GET /${To}`>): Promise<AdminApi[`GET /${To}`]['answer']> {
    const { address, rest } = addressed(path, parameters);
    return this.client.get(address, rest);
  }

  /** The same table as a Parquet file. */
  parquet<To extends Extract<Path<'GET'>, `exports/${string}`>>(path: To, parameters: AdminApi[`GET /${To}`]['query']): Promise<Blob> {
    return this.client.file(path, parameters, 'application/vnd.apache.parquet');
  }

  post<To extends Path<'POST'>>(
    path: To,
    body: AdminApi[`POST /${To}`]['body'],
    ...[parameters = {}]: InPath<`POST /${To}`>
  ): Promise<AdminApi[`POST /${To}`]['answer']> {
    return this.client.post(addressed(path, parameters).address, body);
  }
}

/** The path with what stands for its names, and what is left for the query. */
function addressed(path: string, parameters: object): { address: string; rest: Record<string, unknown> } {
  const rest: Record<string, unknown> = { ...parameters };
  const address = path.replace(/:(\w+)/g, (_all, name: string) => {
    const value = String(rest[name]);
    delete rest[name];
    return encodeURIComponent(value);
  });
  return { address, rest };
}
