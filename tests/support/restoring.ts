import { restoreSteps } from '#server/backups/restore-files.ts'
import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import { takeLock } from '#server/store/store-lock.ts'

/** A restore whose process dies before the step of that number: `restoring.ts <file> <step>`. */
const [file = '', step = ''] = process.argv.slice(2)
const config = readConfig(process.env)
const parts = {
  config,
  clock: systemClock,
  rootKey: loadRootKey(config.rootKey, config.keysFolder)
}
takeLock(config.dataFolder, 'store')
const steps = restoreSteps(parts, file, { forgotten: 0, carried: null, former: null })
for (const [index, take] of steps.entries()) {
  if (index === Number(step)) process.kill(process.pid, 'SIGKILL')
  await take()
}
process.exit(0)
