import { wrongInTemplate } from '#contract/template-rules.ts'
import type { Organisation, TemplateRequest } from '#contract/settings.ts'
import type { Refusal } from '#server/access/refusal.ts'

type Published = { readonly organisation: Organisation; readonly version: number }

/**
 * §8: a new version of a product's template. The former ones stand as they are, since notes were written
 * on them; and whoever had not seen the newest one is told so instead of undoing it.
 */
export function publishTemplate(
  organisation: Organisation,
  { template: id, follows, title, fields }: TemplateRequest
): Published | Refusal {
  const former = organisation.templates.filter((template) => template.id === id)
  const newest = Math.max(0, ...former.map(({ version }) => version))
  if (newest === 0) return { code: 'invalid', issues: [{ path: ['template'], code: 'unknown' }] }
  if (newest !== follows) return { code: 'conflict' }
  const issues = wrongInTemplate(former, { fields })
  if (issues.length > 0) return { code: 'invalid', issues }
  const version = newest + 1
  const templates = [...organisation.templates, { id, version, title, fields }]
  return { organisation: { ...organisation, templates }, version }
}
