import jsonata from 'jsonata';
import { opportunityToEngagement } from '../connectors/salesforce/opportunity-to-engagement.ts';
import { shorten } from '../model/contract.ts';
import { Failure } from '../model/failure.ts';
import type { Json } from '../model/json.ts';
import type { Message } from './message.ts';

/** Mappings that come with the pack; each reads `msg.payload` as its root. */
export const mappingPresets: Record<string, string> = { 'opportunity-to-engagement': opportunityToEngagement };

/** Compiles a mapping once. An own expression sees the whole message (`payload.Name`), a preset the payload. */
export function compileMapping({ preset, expression }: { preset?: string; expression?: string }): (message: Message) => Promise<Json> {
  const text = preset && preset !== 'custom' ? mappingPresets[preset] : expression;
  if (!text?.trim()) throw mappingFailure('The mapping has no expression.', '');
  let compiled: ReturnType<typeof jsonata>;
  try {
    compiled = jsonata(text);
  } catch (error) {
    throw mappingFailure(`The mapping is not valid JSONata: ${(error as Error).message}`, text, error);
  }
  const root = text === expression ? (message: Message) => message : (message: Message) => message.payload;
  return async (message) => {
    let result: unknown;
    try {
      result = await compiled.evaluate(root(message));
    } catch (error) {
      throw mappingFailure(`The mapping failed: ${(error as Error).message}`, text, error);
    }
    if (result === undefined) throw mappingFailure('The mapping gave nothing: no part of the expression matches the message.', text);
    return JSON.parse(JSON.stringify(result)) as Json; // plain arrays and objects, without JSONata's own marks
  };
}

function mappingFailure(message: string, expression: string, cause?: unknown): Failure {
  return new Failure(
    {
      class: 'contract.invalid',
      code: 'MAPPING_FAILED',
      message,
      field: 'expression',
      value: shorten(expression),
      remedy: 'Correct the mapping; its preview shows the result while you type.',
    },
    { cause },
  );
}
