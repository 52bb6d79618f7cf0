import type { Certificate } from '#contract/certificate.ts'
import type { Desk } from '#lib/customerships/office-desk.svelte.ts'
import { currentLanguage } from '#lib/i18n/language.svelte.ts'

/** The paper is drawn by the server; the file that can be checked is the certificate as it stands. */
export async function downloadCertificate(
  desk: Desk,
  certificate: Certificate,
  form: 'pdf' | 'json'
): Promise<void> {
  const bytes = form === 'pdf' ? await readPaper(desk, certificate) : textOf(certificate)
  if (!bytes) return
  const type = form === 'pdf' ? 'application/pdf' : 'application/json'
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([bytes], { type }))
  link.download = `${certificate.number}.${form}`
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

const textOf = (certificate: Certificate): string => JSON.stringify(certificate, null, 2)

async function readPaper(desk: Desk, { number }: Certificate) {
  const path = `/api/office/certificates/${number}/pdf?lang=${currentLanguage()}`
  const answer = await desk.askBytes(path)
  return answer.ok ? answer.data : null
}
