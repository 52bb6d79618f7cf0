import type { Certificate } from '#contract/certificate.ts'
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
    hand(certificate, form, JSON.stringify(certificate, null, 2))
    return true
  }
  const { number } = certificate
  const answer = await askBytes(`/api/office/certificates/${number}/pdf?lang=${currentLanguage()}`)
  if (answer.ok) hand(certificate, form, answer.data)
  return answer.ok
}

function hand({ number }: Certificate, form: Form, content: BlobPart): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([content], { type: `application/${form}` }))
  link.download = `${number}.${form}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
