import { systemClock } from '#server/clock.ts'
import { readConfig } from '#server/config.ts'
import { rotationSteps } from '#server/console/rotate-keys.ts'
import { loadRootKey } from '#server/keys/root-key.ts'
import { RootRotation } from '#server/keys/rotate-root.ts'

/** A rotation of the root key whose process dies before the step of that number: `rotating.ts <step>`. */
const [step = ''] = process.argv.slice(2)
const config = readConfig(process.env)
const rootKey = loadRootKey(config.rootKey, config.keysFolder, { mayMake: false })
const { keysFolder: folder, keysBackupFolder: backupFolder } = config
const rotation = new RootRotation({ folder, backupFolder, rootKey, clock: systemClock })
const rotated = { next: null, backups: { found: 0, kept: 0 } }
const steps = rotationSteps({ config, clock: systemClock, rootKey }, rotation, rotated)
for (const [index, take] of steps.entries()) {
  if (index === Number(step)) process.kill(process.pid, 'SIGKILL')
  await take()
}
process.stdout.write(`${steps.length}\n`)
process.exit(0)
