import 'should';
import { Formats } from '../../console/view-models/formats.ts';

/** Intl puts narrow and no-break spaces; a reader sees spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
const english = new Formats('en-US', 'UTC');
const german = new Formats('de', 'Europe/Berlin');

describe('figures in the console', () => {
  it('show every digit of an amount, also where a float could not', () => {
    plain(english.money('12345678901234567.89', 'EUR')).should.equal('EUR 12,345,678,901,234,567.89');
    plain(german.money('5504925', 'JPY')).should.equal('5.504.925 JPY');
    plain(english.money('0.125', 'EUR')).should.equal('EUR 0.125');
  });

  it('are written in English where the browser names no language that there is', () => {
    for (const name of ['en-US@posix', 'C', '', 'de_DE.UTF-8'])
      plain(new Formats(name, 'UTC').money('1234.50', 'EUR')).should.match(/^(EUR 1,234.50|1.234,50 EUR)$/, name);
  });

  it('show an amount as it is when its currency is none that the browser knows', () => {
    english.money('10.00', 'LOYALTY').should.equal('10.00 LOYALTY');
  });

  it('show how long something takes by the unit that says it best', () => {
    plain(english.elapsed(320)).should.equal('320 ms');
    plain(english.elapsed(-5)).should.equal('0 ms');
    plain(english.elapsed(4_200)).should.equal('4 sec');
    plain(english.duration(0)).should.equal('0 sec');
    plain(english.duration(0.0013)).should.equal('5 sec');
    plain(english.duration(0.5)).should.equal('30 min');
    plain(english.duration(1)).should.equal('1 hr');
    plain(english.duration(36.25)).should.equal('36.3 hr');
    plain(german.duration(60)).should.equal('2,5 Tg.');
    plain(german.percent(72.5)).should.equal('72,5 %');
  });

  it('show a count with no more decimals than somebody reads', () => {
    [0, 0.0625, 4.25, 20.996, 1234.5].map((value) => english.figure(value, 'count')).should.eql(['0', '0.063', '4.3', '21', '1,235']);
    plain(english.figure(0.5, 'hours')).should.equal('30 min');
    plain(german.figure(72.5, 'percent')).should.equal('72,5 %');
  });

  it('show minutes as hours and minutes, never as a rounded fraction', () => {
    plain(english.minutes(98085)).should.equal('1,634 hr 45 min');
    plain(german.minutes(98085)).should.equal('1.634 Std. 45 Min.');
    plain(english.minutes(-1380)).should.equal('-23 hr');
    plain(english.minutes(-70)).should.equal('-1 hr 10 min');
    plain(english.minutes(20)).should.equal('20 min');
  });

  it('show the day that was worked as the same day in every time zone', () => {
    new Formats('en-US', 'Pacific/Honolulu').date('2026-10-30').should.equal('Oct 30, 2026');
    new Formats('en-US', 'Pacific/Kiritimati').date('2026-10-30').should.equal('Oct 30, 2026');
  });

  it('show an instant in the time zone of the reader', () => {
    german.instant('2026-11-23T23:30:00Z').should.match(/24\.11\.2026.*00:30/);
  });

  it('say how long ago in the largest unit that is full', () => {
    const now = Date.UTC(2026, 10, 23);
    english.ago(now - 59_000, now).should.equal('59 sec. ago');
    english.ago(now - 3_599_000, now).should.equal('59 min. ago');
    english.ago(now - 2 * 86_400_000, now).should.equal('2 days ago');
    english.ago(now + 300_000, now).should.equal('in 5 min.');
    german.ago(now - 180_000, now).should.equal('vor 3 Min.');
  });
});
