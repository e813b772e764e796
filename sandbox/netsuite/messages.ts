/** Business messages come in the user's language. The Italian text of a missing value was seen in the field (netsuite-php#81); the others are translated here. */
export const languages = ['en', 'it', 'de'] as const;
export type Language = (typeof languages)[number];

const messages = {
  accessing: {
    en: 'Error while accessing a resource.',
    it: "Errore durante l'accesso a una risorsa.",
    de: 'Fehler beim Zugriff auf eine Ressource.',
  },
  pleaseEnter: { en: 'Please enter value(s) for: {0}.', it: 'Inserire il/i valore/i:{0}.', de: 'Geben Sie Werte ein für: {0}.' },
  mustEnter: { en: 'You must enter a value for {0}.', it: 'Immettere un valore per {0}.', de: 'Sie müssen einen Wert für {0} eingeben.' },
  entityExists: { en: 'This entity already exists.', it: 'Questa entità esiste già.', de: 'Diese Entität ist bereits vorhanden.' },
  recordExists: { en: 'This record already exists.', it: 'Questo record esiste già.', de: 'Dieser Datensatz ist bereits vorhanden.' },
  invalidField: {
    en: 'You have entered an Invalid Field Value {0} for the following field: {1}.',
    it: 'È stato inserito un valore di campo {0} non valido per il seguente campo: {1}.',
    de: 'Sie haben einen ungültigen Feldwert {0} für das folgende Feld eingegeben: {1}.',
  },
  periodClosed: {
    en: 'The transaction date you specified is not within the date range of your accounting period.',
    it: "La data della transazione specificata non rientra nell'intervallo di date del periodo contabile.",
    de: 'Das angegebene Transaktionsdatum liegt nicht im Datumsbereich Ihrer Buchungsperiode.',
  },
  invalidKey: {
    en: 'Invalid {0} reference key {1} for subsidiary {2}.',
    it: 'Chiave di riferimento {0} {1} non valida per la controllata {2}.',
    de: 'Ungültiger Referenzschlüssel {1} ({0}) für die Niederlassung {2}.',
  },
  lineRequired: {
    en: 'You must enter at least one line item for this transaction.',
    it: 'Immettere almeno una voce per questa transazione.',
    de: 'Sie müssen mindestens eine Position für diese Transaktion eingeben.',
  },
  recordChanged: { en: 'Record has been changed.', it: 'Il record è stato modificato.', de: 'Der Datensatz wurde geändert.' },
  phoneShort: {
    en: 'Phone number should have seven digits or more.',
    it: 'Il numero di telefono deve avere almeno sette cifre.',
    de: 'Die Telefonnummer muss mindestens sieben Ziffern haben.',
  },
  emailInvalid: {
    en: 'Please enter a valid email address.',
    it: 'Immettere un indirizzo e-mail valido.',
    de: 'Geben Sie eine gültige E-Mail-Adresse ein.',
  },
  alreadyBilled: {
    en: 'This time entry has been billed and cannot be changed.',
    it: 'Questa voce di tempo è stata fatturata e non può essere modificata.',
    de: 'Dieser Zeiteintrag wurde abgerechnet und kann nicht geändert werden.',
  },
  alreadyPaid: {
    en: 'This transaction has been paid and cannot be changed.',
    it: 'Questa transazione è stata pagata e non può essere modificata.',
    de: 'Diese Transaktion wurde bezahlt und kann nicht geändert werden.',
  },
  negativeTotal: {
    en: 'The total of this transaction cannot be negative.',
    it: 'Il totale di questa transazione non può essere negativo.',
    de: 'Die Summe dieser Transaktion darf nicht negativ sein.',
  },
  tooLong: {
    en: 'The field {0} contained more than the maximum number ( {1} ) of characters allowed.',
    it: 'Il campo {0} contiene più del numero massimo ( {1} ) di caratteri consentiti.',
    de: 'Das Feld {0} enthält mehr als die maximal zulässige Anzahl ( {1} ) von Zeichen.',
  },
  hasDependents: {
    en: 'This record cannot be deleted because it has dependent records.',
    it: 'Impossibile eliminare il record perché ha record dipendenti.',
    de: 'Dieser Datensatz kann nicht gelöscht werden, da er abhängige Datensätze hat.',
  },
} satisfies Record<string, Record<Language, string>>;

export type MessageKey = keyof typeof messages;

const labels: Record<string, Partial<Record<Language, string>>> = {
  'Primary Subsidiary': { it: 'Controllata principale', de: 'Primäre Niederlassung' },
  Subsidiary: { it: 'Controllata', de: 'Niederlassung' },
  Employee: { it: 'Dipendente', de: 'Mitarbeiter' },
  Duration: { it: 'Durata', de: 'Dauer' },
  Item: { it: 'Articolo', de: 'Artikel' },
  Customer: { it: 'Cliente', de: 'Kunde' },
  Name: { it: 'Nome', de: 'Name' },
  Project: { it: 'Progetto', de: 'Projekt' },
  'Company Name': { it: 'Nome azienda', de: 'Firmenname' },
};

/** Message in the language, `{0}` … filled in; labels of fields are translated where a translation is known. */
export function message(language: Language, key: MessageKey, ...values: string[]): string {
  return messages[key][language].replace(/\{(\d)\}/g, (_match, index: string) => {
    const value = values[Number(index)] ?? '';
    return labels[value]?.[language] ?? value;
  });
}
