import 'should';
import type { NodeAPI } from 'node-red';
import { placesOf } from '../../runtime/places.ts';

const redWith = (eachNode: (visit: (node: object) => void) => void) => ({ nodes: { eachNode } }) as unknown as NodeAPI;

describe('The names of nodes and tabs', () => {
  it('are their labels, else their names, else their types, one short line each', () => {
    const places = placesOf(
      redWith((visit) => {
        visit({ id: 'tab', type: 'tab', label: 'Deals\nof today' });
        visit({ id: 'a', type: 'function', z: 'tab', name: 'Check' });
        visit({ id: 'b', type: 'function', z: 'tab', name: '' });
        visit({ id: 'c', type: 'tab', label: 7 });
        visit({ id: 'd', type: 'tab', label: 'x'.repeat(500) });
      }),
    );
    places.get('tab')!.should.deepEqual({ name: 'Deals of today', flow: 'tab' });
    places.get('a')!.should.deepEqual({ name: 'Check', flow: 'tab' });
    places.get('b')!.name.should.equal('function');
    places.get('c')!.name.should.equal('7');
    places.get('d')!.name.length.should.be.belowOrEqual(80);
  });

  it('are none while Node-RED has not read its flows', () => {
    placesOf(redWith(() => Object.keys((null as unknown as { allNodes: object }).allNodes))).size.should.equal(0);
  });
});
