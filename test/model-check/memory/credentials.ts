import type { CredentialKeeper } from '../../../model/kept-credential.ts';
import { MemoryConnection } from './connection.ts';

/** Credentials that change by use. */
export abstract class MemoryKeptCredentials extends MemoryConnection implements CredentialKeeper {
  borrowCredential(id: string, holder: string, ms: number, now: number) {
    return this.disk.credentials.borrowCredential(id, holder, ms, now);
  }

  returnCredential(id: string, holder: string, sealed: string | undefined) {
    return this.disk.credentials.returnCredential(id, holder, sealed);
  }

  forgetCredential(id: string) {
    return this.disk.credentials.forgetCredential(id);
  }
}
