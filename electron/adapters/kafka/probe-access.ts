import type { ProbeProblem } from '../../../shared/contract/profile-test.ts';
import { AppError } from '../../../shared/errors.ts';
import type { KafkaSettings } from '../../../shared/settings/profile.ts';
import { errorTypeOf, toEventsError } from './kafka-errors.ts';

/** Why a broker that answers a greeting does not let us in, of what kafkajs threw. */
export function accessProblem(thrown: unknown, { brokers, sasl }: KafkaSettings): ProbeProblem {
  const where = brokers.join(', ');
  const problem = (code: ProbeProblem['code'], message: string, hint: string): ProbeProblem => ({
    code,
    message,
    hint,
    fix: null,
  });
  const type = errorTypeOf(thrown instanceof AppError ? thrown.cause : thrown);
  if (type === 'UNSUPPORTED_SASL_MECHANISM')
    return problem(
      'login-mechanism',
      `The Kafka brokers ${where} do not know the kind of login that the profile uses (${sasl?.mechanism.toUpperCase()}).`,
      'Choose another kind of login in the profile; whoever runs Kafka knows which.',
    );
  if (type === 'ILLEGAL_SASL_STATE')
    return problem(
      'login-mechanism',
      `The Kafka brokers ${where} take no login on this port, but the profile has one.`,
      'Take the login out of the profile, or use the port that is for logins.',
    );
  const error = toEventsError(thrown, { topic: '', brokers: where });
  if (error.code === 'events.login')
    return problem(
      'login',
      `The Kafka brokers ${where} do not accept the login of "${sasl?.username}".`,
      'Enter user name and password for Kafka again; if it stays so, ask whoever runs Kafka whether they are still valid.',
    );
  if (error.code === 'events.unreachable' && sasl === null)
    return problem(
      'login-expected',
      `The Kafka brokers ${where} answer, but hang up on us before we say who we are: they expect a login.`,
      'Put the login for Kafka (SASL) into the profile; whoever runs Kafka has it.',
    );
  if (error.code === 'events.unreachable')
    return problem(
      'no-answer',
      `The Kafka brokers ${where} answered and then broke the connection off.`,
      'Test again; if it stays so, ask whoever runs Kafka to look into its log.',
    );
  return problem('failed', error.message, error.hint);
}

/** The broker that kafkajs could not connect to, `host:port`; null where that is not what went wrong. */
export function unreachedBroker(thrown: unknown): string | null {
  let link = thrown instanceof AppError ? thrown.cause : thrown;
  for (let depth = 0; link instanceof Error && depth < 8; depth += 1, link = link.cause)
    if ('broker' in link && typeof link.broker === 'string') return link.broker;
  return null;
}
