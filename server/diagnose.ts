import { systemClock } from './clock.ts'
import { ConfigError, readConfig } from './config.ts'
import { examine } from './doctor/examine.ts'
import { bad, type Finding } from './doctor/finding.ts'
import { linesOf } from './doctor/finding-lines.ts'

/** `npm run doctor`: leaves with 0 when nothing is bad. */
async function findings(): Promise<Finding[]> {
  try {
    return await examine({ config: readConfig(process.env), clock: systemClock })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return [bad('settings', `${error.message}.`, 'Set it right: the server does not start so.')]
  }
}

const found = await findings()
process.stdout.write(`${linesOf(found).join('\n')}\n`)
process.exitCode = found.some(({ verdict }) => verdict === 'bad') ? 1 : 0
