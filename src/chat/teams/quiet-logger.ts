import type { AppOptions, IPlugin } from '@microsoft/teams.apps'
import type { Log } from '#platform'

type ILogger = NonNullable<AppOptions<IPlugin>['logger']>

/** The SDK tells at length what passes through it, people's names, letters and tokens among it: of that nothing but its own words, at `trace`. */
export function quietLogger(log: Log): ILogger {
  const say = (...said: unknown[]): void => log.trace({ said: typeof said[0] === 'string' ? said[0].slice(0, 100) : typeof said[0] }, 'teams sdk')
  const logger: ILogger = { error: say, warn: say, info: say, debug: say, trace: say, log: (_level, ...said) => say(...said), child: () => logger }
  return logger
}
