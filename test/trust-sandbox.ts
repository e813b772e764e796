import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { ownCertificate } from '../sandbox/certificate.ts';

/** What `NODE_EXTRA_CA_CERTS` does for a process when it starts. */
export function trustSandbox(): void {
  const trusted = getCACertificates('default');
  const { certificate } = ownCertificate();
  if (!trusted.includes(certificate)) setDefaultCACertificates([...trusted, certificate]);
}
