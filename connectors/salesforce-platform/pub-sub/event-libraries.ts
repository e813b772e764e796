import * as grpc from '@grpc/grpc-js';
import { fromJSON } from '@grpc/proto-loader';
import avro from 'avsc';

/** Imported late, by the first node that hears events: starting Node-RED costs nothing of it. */
export { avro, fromJSON, grpc };
