import type { Sandbox } from '../../sandbox/server.ts';

/** Words by which a text betrays a person or a secret, and where it is found. */
export interface Betrayal {
  what: string;
  where: string;
}

/** What nobody may find who may only read: names, addresses and numbers of the firm's people and of its clients', and what lets into the systems. */
export class Confidential {
  private readonly texts: { what: string; form: RegExp | string }[] = [];

  constructor(sandbox: Sandbox, environment: Record<string, string>) {
    const firm = sandbox.firm!;
    for (const { firstName, lastName, email } of firm.people) {
      this.name(`${firstName} ${lastName}`);
      this.name(`${lastName}, ${firstName}`);
      this.text(email);
      this.text(email.split('@')[0]!);
    }
    for (const { code, contact } of firm.accounts) {
      this.name(`${contact.firstName} ${contact.lastName}`);
      this.text(`contact@${code.toLowerCase()}.example`);
    }
    for (const user of Object.values(sandbox.salesforce.state.records['User'] ?? {})) {
      this.name(String(user['Name']));
      this.text(String(user['Email']));
    }
    for (const [name, value] of Object.entries(environment)) {
      if (!/SECRET|PASSWORD|TOKEN|PRIVATE_KEY|CONSUMER_KEY/.test(name)) continue;
      for (const line of value.split('\n')) if (line.length > 7 && !line.startsWith('-----')) this.text(line);
    }
  }

  get size(): number {
    return this.texts.length;
  }

  /** By itself, not within another word. */
  name(name: string): void {
    this.texts.push({ what: name, form: new RegExp(`(?<!\\p{L})${name.replace(/[^\p{L}\p{N}]+/gu, '[^\\p{L}\\p{N}]+')}(?!\\p{L})`, 'iu') });
  }

  text(text: string): void {
    this.texts.push({ what: text, form: text });
  }

  betrayedBy(text: string, where: string): Betrayal[] {
    return this.texts
      .filter(({ form }) => (typeof form === 'string' ? text.includes(form) : form.test(text)))
      .map(({ what }) => ({ what, where }));
  }
}
