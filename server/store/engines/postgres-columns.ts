import {
  ColumnDefinitionNode,
  OperationNodeTransformer,
  RawNode,
  type KyselyPlugin,
  type OperationNode,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow
} from 'kysely'

/**
 * The types of columns as PostgreSQL calls them, so that both engines have the same migrations. Its
 * integers are shorter than a moment in milliseconds, and its texts follow the order of a country
 * where SQLite's follow their bytes.
 */
const types: Readonly<Record<string, string>> = {
  integer: 'bigint',
  bigint: 'bigint',
  blob: 'bytea',
  text: 'text collate "C"'
}

/** As the migrations say it: by name, or as SQL. */
function saidType(type: OperationNode): string {
  if ('dataType' in type && typeof type.dataType === 'string') return type.dataType
  if (RawNode.is(type)) return type.sqlFragments.join('')
  return type.kind
}

class ColumnTypes extends OperationNodeTransformer {
  protected override transformColumnDefinition(node: ColumnDefinitionNode): ColumnDefinitionNode {
    const said = super.transformColumnDefinition(node)
    const type = types[saidType(node.dataType)]
    return type === undefined ? said : { ...said, dataType: RawNode.createWithSql(type) }
  }
}

export class PostgresColumns implements KyselyPlugin {
  readonly #types = new ColumnTypes()

  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    return this.#types.transformNode(node, queryId)
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result)
  }
}
