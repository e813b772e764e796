/** The variable that stands in for an empty field: `environmentVariable('ACME_SF', 'loginUrl')` → `ACME_SF_LOGIN_URL`. */
export function environmentVariable(prefix: string, field: string): string {
  return `${prefix}_${field.replace(/([a-z0-9])([A-Z])/g, '$1_$2')}`.toUpperCase();
}
