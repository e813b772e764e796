import type { Simulator } from '../../simulator.ts';
import { toId15 } from '../store/ids.ts';
import type { SalesforceState } from '../store/state.ts';
import { openSession, revoke } from './sessions.ts';
import { checkPassword } from './token.ts';

const PARTNER = 'urn:partner.soap.sforce.com';

/** SOAP `login()`, `logout()`: as much as clients that still log in by password need. It ends with API 64.0. */
export function soapCall(sim: Simulator<SalesforceState>, version: string, xml: string): { status: number; xml: string } {
  if (/<(\w+:)?logout\b/.test(xml)) {
    revoke(sim.state, element(xml, 'sessionId'));
    return { status: 200, xml: envelope(`<logoutResponse/>`) };
  }
  if (!/<(\w+:)?login\b/.test(xml)) return fault('UNSUPPORTED_API_VERSION', 'The sandbox serves login and logout only');
  if (Number(version) >= 65) {
    return fault('UNSUPPORTED_API_VERSION', 'UNSUPPORTED_API_VERSION: SOAP API login() is not available in this API version');
  }
  const user = checkPassword(sim.state, element(xml, 'username'), element(xml, 'password'));
  if (!user) {
    return fault('INVALID_LOGIN', 'INVALID_LOGIN: Invalid username, password, security token; or user locked out.');
  }
  const session = openSession(sim.state, user.Id, 'SOAP');
  const server = `${sim.url}/services/Soap/u/${version}/${toId15(sim.state.orgId)}`;
  const info: Record<string, unknown> = {
    accessibilityMode: false,
    currencySymbol: '€',
    orgDefaultCurrencyIsoCode: 'EUR',
    organizationId: sim.state.orgId,
    organizationMultiCurrency: true,
    organizationName: 'Northwind Consulting (Sandbox)',
    profileId: user['ProfileId'],
    sessionSecondsValid: 7200,
    userDefaultCurrencyIsoCode: 'EUR',
    userEmail: user['Email'],
    userFullName: user['Name'],
    userId: user.Id,
    userLanguage: user['LanguageLocaleKey'],
    userLocale: user['LocaleSidKey'],
    userName: user['Username'],
    userTimeZone: user['TimeZoneSidKey'],
    userType: 'Standard',
  };
  const members = Object.entries(info).map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`);
  return {
    status: 200,
    xml: envelope(
      `<loginResponse><result><metadataServerUrl>${server.replace('/u/', '/m/')}</metadataServerUrl><passwordExpired>false</passwordExpired>` +
        `<sandbox>true</sandbox><serverUrl>${server}</serverUrl><sessionId>${session}</sessionId><userId>${user.Id}</userId>` +
        `<userInfo>${members.join('')}</userInfo></result></loginResponse>`,
    ),
  };
}

const envelope = (body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${PARTNER}"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;

function fault(code: string, message: string): { status: number; xml: string } {
  const detail = `<detail><sf:LoginFault xmlns:sf="urn:fault.partner.soap.sforce.com"><sf:exceptionCode>${code}</sf:exceptionCode><sf:exceptionMessage>${message}</sf:exceptionMessage></sf:LoginFault></detail>`;
  const body = `<soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${message}</faultstring>${detail}</soapenv:Fault>`;
  return { status: 500, xml: envelope(body) };
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function element(xml: string, name: string): string {
  const text = new RegExp(`<(?:\\w+:)?${name}[^>]*>([^<]*)<`).exec(xml)?.[1] ?? '';
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, named?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    return decimal ? String.fromCodePoint(Number(decimal)) : (ENTITIES[named ?? ''] ?? all);
  });
}

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
