import { erpLetters } from './erp-letters.ts';

/** Every third booking is changed after it was told, every fifth released. */
const isChanged = (n: number) => n % 3 === 1;
const isReleased = (n: number) => n % 5 === 2;
const minutesOf = (n: number) => 60 + (n % 50);

export const bookingStream = () =>
  erpLetters({
    name: 'bookings',
    contract: 'assignment',
    type: 'erp-assignment',
    writes: 'customrecord_psc_assignment',
    keyOf: (n) => `chaos:b${n}`,
    subjectOf: (n) => `chaos:b${n}`,
    versions(n) {
      const booked = (version: number, more: object) => ({
        ...{ id: `chaos:b${n}`, source: { system: 'chaos', id: `b${n}` }, resource: { id: 'C1', email: 'bookings@firm.example' } },
        ...{ role: 'Consultant', project: { id: 'P1', code: 'ENG-bookings' }, start: '2026-12-07', end: '2026-12-11', booking: 'hard' },
        ...{ status: 'assigned', version: String(version), sourceUpdatedAt: `2026-11-0${version}T10:00:00.000Z`, minutes: minutesOf(n) },
        ...more,
      });
      const changed = isChanged(n) ? { minutes: minutesOf(n) + 30 } : {};
      return [
        booked(1, {}),
        ...(isChanged(n) ? [booked(2, changed)] : []),
        ...(isReleased(n) ? [booked(3, { ...changed, status: 'released' })] : []),
      ];
    },
    held: (fields) => `${String(fields['custrecord_psc_minutes'])} ${String(fields['custrecord_psc_state'])}`,
    wanted: (n) => `${minutesOf(n) + (isChanged(n) ? 30 : 0)} ${isReleased(n) ? 'released' : 'booked'}`,
  });
