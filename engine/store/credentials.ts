import type { CredentialKeeper } from '../../model/kept-credential.ts';
import type { Calls } from './calls.ts';

/** What is kept comes sealed. */
export const credentialCalls = {
  borrowCredential: 'asks',
  returnCredential: 'asks',
  forgetCredential: 'asks',
} satisfies Calls<CredentialKeeper>;
