import 'should';
import { editedJson, jsonText } from '../../console/view-models/edited-json.ts';

const event = { code: 'ENG-0010', contract: { start: null, end: '2027-04-02' }, phases: [1, 2] };

describe('an event that a person edits', () => {
  it('is unchanged as long as only its layout differs', () => {
    editedJson(jsonText(event), event).should.eql({ state: 'unchanged' });
    editedJson('{"phases":[1,2],"contract":{"end":"2027-04-02","start":null},"code":"ENG-0010"}', event).should.eql({ state: 'unchanged' });
  });

  it('is changed when a value, or the order of a list, is another', () => {
    const data = { ...event, contract: { start: '2026-12-14', end: '2027-04-02' } };
    editedJson(jsonText(data), event).should.eql({ state: 'changed', data });
    editedJson(jsonText({ ...event, phases: [2, 1] }), event).should.have.property('state', 'changed');
  });

  it('cannot be delivered with a number that would become another', () => {
    editedJson('{"code":9007199254740993}', event).should.eql({ state: 'inexact', number: '9007199254740993' });
    editedJson('{"rate":12345678901234567.89}', event).should.eql({ state: 'inexact', number: '12345678901234567.89' });
    editedJson('{"code":"9007199254740993"}', event).should.have.property('state', 'changed');
  });

  it('can be edited beside such a number that a node has made', () => {
    const stamped = { code: 'A', at: 1_795_950_200_861_000_192 };
    editedJson(jsonText(stamped), stamped).should.eql({ state: 'unchanged' });
    editedJson(jsonText({ ...stamped, code: 'B' }), stamped).should.have.property('state', 'changed');
  });

  it('cannot be delivered while it is not JSON, and says why', () => {
    const answer = editedJson('{"code": ENG-0010}', event);
    answer.should.have.property('state', 'invalid');
    answer.should.have.property('reason').which.is.a.String().and.not.empty();
    editedJson('', event).should.have.property('state', 'invalid');
  });
});
