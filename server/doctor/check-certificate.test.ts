import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askOrigins, type OriginAnswer } from './ask-origins.ts'
import { checkCertificate } from './check-certificate.ts'
import { checkOrigin } from './check-origin.ts'
import type { Patient } from './patient.ts'

const day = 86_400_000

/** What a real TLS server with a certificate of thirty days for `localhost` answers. */
async function ask(host: string): Promise<OriginAnswer> {
  const folder = mkdtempSync(join(tmpdir(), 'certificate-'))
  const [key, cert] = [join(folder, 'key'), join(folder, 'cert')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  execFileSync('openssl', [...made, '-keyout', key, '-out', cert, '-days', '30', ...subject], {
    stdio: 'ignore'
  })
  const server = createServer(
    { key: readFileSync(key), cert: readFileSync(cert) },
    (_request, answer) => {
      answer.setHeader('Strict-Transport-Security', 'max-age=1')
      answer.end(JSON.stringify({ status: 'ok', version: '0.1.0' }))
    }
  ).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const [answer] = await askOrigins([`https://${host}:${port}`])
  if (!answer) throw new Error('one was asked')
  return answer
}

const patientOf = (answer: OriginAnswer, now: number): Patient => ({
  ...({} as Patient),
  isRunning: true,
  origins: [answer],
  clock: { now: () => now }
})

function judged(answer: OriginAnswer, days: number, trusted = false): string {
  const { certificate } = answer
  if (!certificate) throw new Error('it was shown')
  const shown = trusted ? { ...certificate, distrust: null } : certificate
  const [finding] = checkCertificate(
    patientOf({ ...answer, certificate: shown }, Date.now() + days * day)
  )
  return `${finding?.verdict}: ${finding?.says}`
}

test('a certificate that expired, soon expires, is not yet valid or trusted by nobody is named', async () => {
  const answer = await ask('localhost')
  expect(answer).toMatchObject({ failure: null, status: 200, version: '0.1.0', isStrict: true })
  expect(Math.abs((answer.date ?? 0) - Date.now())).toBeLessThan(10_000)
  expect(judged(answer, 31)).toMatch(/^bad: .* expired on \d{4}-\d\d-\d\d/)
  expect(judged(answer, -1)).toMatch(/^bad: .* begins on/)
  expect(judged(answer, 0)).toMatch(/^bad: .* trusted by nobody \(DEPTH_ZERO_SELF_SIGNED_CERT\)/)
  expect(judged(answer, 20, true)).toMatch(/^warning: .* expires in \d days/)
  expect(judged(answer, 0, true)).toMatch(/^good: .* valid for (29|30) more days/)
  expect(checkOrigin(patientOf(answer, Date.now()))).toMatchObject([{ verdict: 'good' }])
  const bare = { ...answer, isStrict: false }
  expect(checkOrigin(patientOf(bare, Date.now()))).toMatchObject([{ verdict: 'bad' }])
})

test('the certificate of another host is named', async () => {
  const answer = await ask('127.0.0.1')
  expect(judged(answer, 0)).toMatch(/^bad: 127\.0\.0\.1 shows the certificate of another host/)
})
