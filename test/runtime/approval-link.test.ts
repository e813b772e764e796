import 'should';
import should from 'should';
import { type LinkRight, readRight, signedRight } from '../../runtime/approval-links/link.ts';

const secret = 'a secret of the test, long enough to be one';
const right: LinkRight = { node: 'ask', approval: '0191', requestedAt: 5, until: 9, approver: 'Zoë “Z” Ångström, 東京' };

describe('A link that answers a question', () => {
  it('says what it allows, and holds with the secret that it was signed with alone', () => {
    const read = readRight(signedRight(right, secret))!;
    read.right.should.deepEqual(right);
    read.isSignedWith(secret).should.be.true();
    read.isSignedWith(`${secret}.`).should.be.false();
  });

  it('stands in an address as it is', () => {
    const link = signedRight(right, secret);
    encodeURIComponent(link).should.equal(link);
  });

  it('holds for nothing else than was signed', () => {
    const [said, signature] = signedRight(right, secret).split('.') as [string, string];
    for (const more of [{ approver: 'eve' }, { until: 10 }, { approval: '0192' }, { requestedAt: 6 }, { node: 'other' }]) {
      const [other] = signedRight({ ...right, ...more }, 'another').split('.') as [string];
      other.should.not.equal(said);
      readRight(`${other}.${signature}`)!.isSignedWith(secret).should.be.false();
    }
  });

  it('is none where it is cut, longer, of another kind, or made to be read for ever', () => {
    const link = signedRight(right, secret);
    const json = (value: unknown) => `${Buffer.from(JSON.stringify(value)).toString('base64url')}.${'A'.repeat(43)}`;
    const others = [
      '',
      '.',
      link.slice(0, -1),
      `${link}A`,
      `${link}.${link}`,
      'x'.repeat(5_000_000),
      json(null),
      json({}),
      json([2, 'n', 'a', 1, 1, 'p']),
    ];
    for (const other of [...others, json([1, 'n', 'a', '1', 1, 'p']), json([1, 'n', 'a', 1, 1, {}]), json([1, 'n', 'a', 1, 1, 'p', 1])])
      should(readRight(other)).be.undefined();
  });
});
