import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { Simulator } from '../../sandbox/simulator.ts';

/** A Salesforce simulator of its own process, whose query jobs have as many accounts as it is told; it makes each row when it is asked for. */
const rows = Number(process.argv[2]);
const sim = new Simulator(salesforce, { port: 0 });
await sim.start();
sim.state.madeUp = { Account: rows };
const { clientId, clientSecret } = salesforce.credentials(sim);
process.send?.({ url: sim.url, clientId, clientSecret });
process.on('disconnect', () => process.exit(0));
