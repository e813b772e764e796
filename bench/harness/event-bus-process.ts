import { ownCertificate } from '../../sandbox/certificate.ts';
import { salesforce } from '../../sandbox/salesforce/definition.ts';
import { changeTopic } from '../../sandbox/salesforce/pubsub/change-feed.ts';
import { changeEvents } from '../../sandbox/salesforce/pubsub/change-events.ts';
import { eventBus } from '../../sandbox/salesforce/pubsub/event-bus.ts';
import { Simulator } from '../../sandbox/simulator.ts';

/** An org with its event bus, in a process of its own: says where it is, and makes as many changes as it is told to. */
const sim = await new Simulator(salesforce, { port: 0 }).start();
await sim.startBeside();
const feed = eventBus(sim)!.feed;
let made = 0;
process.on('message', (count: number) => {
  const schema = feed.schemaOf(changeTopic)!;
  for (let left = count; left > 0; left--) {
    const Id = `006${String(++made).padStart(12, '0')}AAA`;
    const before = { Id, Name: `Deal ${made}`, StageName: 'Proposal/Price Quote', Amount: made, CloseDate: '2026-03-20' };
    const row = { ...before, StageName: 'Closed Won', IsWon: true, IsClosed: true, Probability: 100 };
    const context = { userId: sim.state.admin, at: new Date() };
    for (const payload of changeEvents([{ id: Id, kind: 'UPDATE', before, row }], schema, context)) {
      feed.publish(changeTopic, schema.id, payload);
    }
  }
});
process.on('disconnect', () => process.exit());
process.send!({ ...salesforce.credentials(sim), certificate: ownCertificate().certificate, url: sim.url });
