import type { Certificate } from '#contract/certificate.ts'
import { keepFile } from '#lib/device/keep-file.ts'
import type { Answer } from '#lib/http/api.ts'
import { currentLanguage } from '#lib/i18n/language.svelte.ts'

export type Form = 'pdf' | 'json'

/**
 * The paper is drawn by the server, in the language of the screen; the file that can be checked is
 * the certificate as it stands. False when it could not be fetched.
 */
export async function downloadCertificate(
  certificate: Certificate,
  form: Form,
  askBytes: (path: string) => Promise<Answer<Uint8Array<ArrayBuffer>>>
): Promise<boolean> {
  if (form === 'json') {
    hand(certificate, form, new TextEncoder().encode(JSON.stringify(certificate, null, 2)))
    return true
  }
  const { number } = certificate
  const answer = await askBytes(`/api/office/certificates/${number}/pdf?lang=${currentLanguage()}`)
  if (answer.ok) hand(certificate, form, answer.data)
  return answer.ok
}

function hand({ number }: Certificate, form: Form, content: Uint8Array<ArrayBuffer>): void {
  keepFile(`${number}.${form}`, `application/${form}`, content)
}
