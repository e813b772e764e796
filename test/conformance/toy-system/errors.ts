import type { HttpAnswer } from '../../../connectors/http/http-call.ts';
import type { FailureDetails } from '../../../model/failure.ts';

const classes: Readonly<Record<number, FailureDetails['class']>> = {
  401: 'auth.denied',
  422: 'business.rejected',
  429: 'transient.throttled',
};

export const errorWords = () => ({
  columns: ['status', 'class'],
  rows: Object.entries(classes).map(([status, failureClass]) => [status, failureClass]),
});

/** What a refusal means. */
export function classify({ status, body }: HttpAnswer): FailureDetails {
  const { message = `Abaco answered ${status}.`, field, value } = (body ?? {}) as { message?: string; field?: string; value?: string };
  return {
    class: classes[status] ?? (status >= 500 ? 'transient.unavailable' : 'contract.drift'),
    code: `HTTP_${status}`,
    message,
    ...(field === undefined ? {} : { field }),
    ...(value === undefined ? {} : { value }),
  };
}
