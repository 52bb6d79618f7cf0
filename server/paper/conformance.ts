import { replaceMetadata } from './untold.ts'

/**
 * What a paper claims to keep to, and a reader is told:
 * - `document`: PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1);
 * - `locked`: PDF/UA-1 alone, since what has a password is no archive's (ISO 19005-2 6.1.3);
 * - `pictures`: PDF/A-2b, since a scanned page has no text that a screen reader could read.
 */
export type Conformance = 'document' | 'locked' | 'pictures'

export function optionsFor(conformance: Conformance): PDFKit.PDFDocumentOptions {
  // Of PDF/UA pdfkit writes the identifier alone, and with it a CIDSet that lacks the parts of joined letters.
  if (conformance === 'locked') return {}
  return { subset: conformance === 'document' ? 'PDF/A-2a' : 'PDF/A-2b' }
}

interface Told {
  readonly title: string
  readonly producer: string
  readonly creator: string
  /** Milliseconds since 1970. */
  readonly madeAt: number
}

/** The document's metadata (ISO 16684-1), the same as its information dictionary says. */
export function tellConformance(
  doc: PDFKit.PDFDocument,
  conformance: Conformance,
  told: Told
): void {
  const isAccessible = conformance !== 'pictures'
  replaceMetadata(doc, [general(told), ...(isAccessible ? accessible : [])].join('\n'))
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
const inXml = (text: string): string => text.replace(/[&<>]/g, (sign) => escapes[sign] ?? sign)

function general({ title, producer, creator, madeAt }: Told): string {
  const at = `${new Date(madeAt).toISOString().slice(0, 19)}Z`
  return `<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
  <xmp:CreateDate>${at}</xmp:CreateDate>
  <xmp:ModifyDate>${at}</xmp:ModifyDate>
  <xmp:CreatorTool>${inXml(creator)}</xmp:CreatorTool>
  <dc:format>application/pdf</dc:format>
  <dc:title><rdf:Alt><rdf:li xml:lang="x-default">${inXml(title)}</rdf:li></rdf:Alt></dc:title>
  <pdf:Producer>${inXml(producer)}</pdf:Producer>
</rdf:Description>`
}

/** PDF/UA's identifier; PDF/A knows no such property unless it is described (ISO 19005-2 6.6.2.3). */
const accessible = [
  `<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
  <pdfuaid:part>1</pdfuaid:part>
</rdf:Description>`,
  `<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 to which the document conforms</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`
] as const
