import { createPublicKey, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { entriesIn } from '#contract/certificate.ts'
import { judgeCertificate } from '#contract/judge-certificate.ts'

/**
 * Whether a deletion certificate is genuine, without a network and without a server: only the file
 * and the key that its register has published. Leaves with 0 when it is, 1 when it is not, and 2
 * when that cannot be told.
 */
const usage = 'npm run verify -- certificate.json --key <the published key, 43 characters>'

/** @type {import('#contract/judge-certificate.ts').VerifyText} */
const verifyText = async (x, text, sig) => {
  try {
    const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } })
    return verify(null, Buffer.from(text), key, Buffer.from(sig, 'base64url'))
  } catch {
    return false
  }
}

/** @type {(certificate: import('#contract/certificate.ts').Certificate) => string[]} */
function tell(certificate) {
  const { number, customership, deletedAt, cause, devices } = certificate
  const gone = devices.filter(({ state }) => state === 'purged').length
  const lines = [
    `number         ${number}`,
    `customership   ${customership}`,
    `deleted        ${deletedAt} (${cause})`,
    `entries        ${entriesIn(certificate)}`,
    `tablets        gone from ${gone} of ${devices.length}`
  ]
  if (!('format' in certificate)) return lines
  const { scan, handOver, methods } = certificate
  const scanned = scan
    ? `${scan.found} of ${scan.marks} values found in ${scan.files} files, ${scan.at}`
    : 'not yet'
  return [
    ...lines,
    `methods        ${methods.join(', ')}`,
    `files read     ${scanned}`,
    `hand-over      ${handOver}`
  ]
}

const verdicts = /** @type {const} */ ({
  genuine: [0, 'GENUINE: signed by this key, and not changed since.'],
  changed: [1, 'NOT GENUINE: it was changed after it was signed, or somebody else wrote it.'],
  'not-a-certificate': [1, 'This is not a deletion certificate.'],
  'unknown-key': [2, 'Whole, but signed by a key that was not given.'],
  'cannot-verify': [2, 'The signature cannot be checked here.']
})

async function run() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { key: { type: 'string', multiple: true } }
  })
  const [file] = positionals
  if (file === undefined) throw new Error(usage)
  const judged = await judgeCertificate(readFileSync(file, 'utf8'), values.key ?? [], verifyText)
  const [code, words] = verdicts[judged.verdict]
  console.log(words)
  if (judged.verdict === 'unknown-key')
    console.log(
      `Compare its key with the one that the register has published, at /verify:\n${judged.certificate.key}`
    )
  if (judged.verdict === 'genuine' || judged.verdict === 'unknown-key')
    console.log(['', ...tell(judged.certificate)].join('\n'))
  process.exitCode = code
}

try {
  await run()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 2
}
