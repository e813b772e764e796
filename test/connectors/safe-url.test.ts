import 'should';
import { assertSafeUrl, isThisMachine } from '../../connectors/http/safe-url.ts';
import { type Failure } from '../../model/failure.ts';

describe('The address of a system', () => {
  const refusal = (address: string): Failure => {
    try {
      assertSafeUrl('books', address);
    } catch (error) {
      return error as Failure;
    }
    throw new Error(`${address} was taken`);
  };

  it('may be plain http on this machine only, as addresses say and not as names begin', () => {
    for (const own of [
      '127.0.0.1',
      '127.0.0.1:4100',
      '127.1',
      '127.255.255.254',
      '0x7f.1',
      '2130706433',
      '[::1]',
      '[0:0:0:0:0:0:0:1]',
      '[::ffff:127.0.0.1]',
      '[::ffff:127.9.8.7]',
      'localhost',
      'LOCALHOST',
      'localhost.',
      'localhost:80',
      '１２７.0.0.1',
    ])
      assertSafeUrl('books', `http://${own}/x`);
    for (const other of [
      '127.attacker.example',
      '127.0.0.1.attacker.example',
      'localhost.attacker.example',
      'localhost.localdomain',
      'app.localhost',
      'localhost..',
      '128.0.0.1',
      '0.0.0.0',
      '[::]',
      '[::2]',
      '[::ffff:128.0.0.1]',
      '[::127.0.0.1]',
      '[fe80::1]',
      '10.0.0.1',
      '192.168.0.1',
      '169.254.169.254',
      'my-localhost',
      'attacker.example#@127.0.0.1',
      'attacker.example/127.0.0.1',
    ])
      refusal(`http://${other}`).code.should.equal('URL_NOT_SAFE', other);
    for (const any of ['https://127.attacker.example', 'https://app.localhost']) assertSafeUrl('books', any);
    for (const scheme of ['ftp', 'file', 'ws', 'javascript', 'data'])
      refusal(`${scheme}://localhost/`).code.should.equal('URL_NOT_SAFE', scheme);
    isThisMachine('127.999.1.1.example').should.be.false();
  });

  it('has no user and no password in it, and no failure repeats them', () => {
    for (const address of [
      'https://ada:hunter22@books.example',
      'http://ada:hunter22@127.0.0.1',
      'https://hunter22@books.example',
      'https://:hunter22@books.example',
      'https://ada:hunter22@127.0.0.1@books.example',
    ]) {
      const failure = refusal(address);
      failure.code.should.equal('URL_WITH_USER');
      JSON.stringify(failure).should.not.match(/hunter22/);
    }
    for (const address of ['https://ada:hunter22@', 'https://ada:hunter22@books.example:99999', '//ada:hunter22@x y']) {
      const failure = refusal(address);
      failure.code.should.equal('URL_INVALID');
      JSON.stringify(failure).should.not.match(/hunter22/, address);
    }
  });
});
