import { createReadStream, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { parseCheckpoint } from '#contract/trail.ts'
import { TrailJudge } from '#server/audit/judge-trail.ts'

/**
 * Whether an exported trail is as it was written, without a network and without a server. Leaves with
 * 0 when it is, 1 when it is not, and 2 when that cannot be told.
 */
const usage =
  'npm run audit:verify -- trail.txt [--checkpoints trail-checkpoints.txt] [--key <the published key, 43 characters>]'

/** @type {Record<import('#server/audit/judge-trail.ts').TrailFault['code'], string>} */
const words = {
  head: 'the file does not begin as a trail does',
  form: 'not a line that a trail has: it was edited',
  missing: 'entries are missing from here on',
  order: 'an entry stands where another should: reordered or doubled',
  changed: 'this entry was edited',
  rewritten: 'what was signed here was another: something at or before this entry was written anew',
  signature: 'a checkpoint is not signed by the key that it names',
  cut: 'the trail is cut off: this entry was there',
  key: 'signed by another key than the one expected'
}

/** @param {string} file */
function readHeld(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const checkpoint = parseCheckpoint(line)
      if (!checkpoint) throw new Error(`${file}: line ${index + 1} is not a checkpoint`)
      return checkpoint
    })
}

/** @param {string} file @param {TrailJudge} judge @returns {Promise<boolean>} whether it ended with a line feed */
async function readTrail(file, judge) {
  let rest = ''
  for await (const chunk of createReadStream(file, {
    encoding: 'latin1',
    highWaterMark: 1 << 20
  })) {
    const lines = (rest + String(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) judge.read(line)
  }
  if (rest !== '') judge.read(rest)
  return rest === ''
}

/** @param {number | null} at */
const moment = (at) => (at === null ? '–' : new Date(at).toISOString())

async function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { checkpoints: { type: 'string', multiple: true }, key: { type: 'string' } }
  })
  const [file] = positionals
  if (file === undefined) throw new Error(usage)
  const held = (values.checkpoints ?? []).flatMap(readHeld)
  const judge = new TrailJudge({ held, key: values.key ?? null })
  const verdict = judge.end(await readTrail(file, judge))
  const isWhole = verdict.faults.length === 0
  console.log(isWhole ? 'WHOLE: nothing was edited, dropped, reordered or cut off.' : 'NOT WHOLE:')
  for (const { code, line, number } of verdict.faults)
    console.log(
      `  ${[line === null ? '' : `line ${line}`, number === null ? '' : `entry ${number}`].filter(Boolean).join(', ') || 'file'}: ${words[code]}`
    )
  console.log(
    `entries      ${verdict.entries}, ${moment(verdict.firstAt)} to ${moment(verdict.lastAt)}`
  )
  console.log(`checkpoints  ${held.length} held against it`)
  console.log(`signed by    ${verdict.keys.join(', ') || 'nobody'}`)
  for (const { number, at } of verdict.restored)
    console.log(`restored     at entry ${number}, ${moment(at)}: from a backup`)
  if (verdict.lostByRestoring > 0)
    console.log(
      `             ${verdict.lostByRestoring} checkpoints are of entries that the backup did not have`
    )
  process.exitCode = isWhole ? 0 : 1
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
