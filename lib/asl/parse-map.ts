import type { Json } from '../json.ts';
import type { Language } from './language.ts';
import type { Fields } from './parse-fields.ts';
import { type ParseGraph, present } from './parse-state.ts';
import type { DataFlow, ItemBatcher, MapState, ObjectAccess } from './types.ts';

type MapFields = Omit<MapState, 'name' | 'definition' | 'data' | 'retry' | 'catch' | 'next' | 'type'>;

/** What only a Map state has. */
export function parseMap(
  state: Fields,
  tools: { language: Language; parseGraph: ParseGraph; data: DataFlow },
): MapFields {
  const { language, parseGraph, data } = tools;
  const processor = state.nested('ItemProcessor') ?? state.nested('Iterator');
  if (!processor) throw state.refuse('ItemProcessor', 'an object with StartAt and States');
  const config = processor.nested('ProcessorConfig');
  return {
    processor: parseGraph(processor),
    mode: config?.optionalText('Mode') === 'DISTRIBUTED' ? 'DISTRIBUTED' : 'INLINE',
    executionType: config?.optionalText('ExecutionType') === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
    items: language.items(state, data),
    selectorInput: data.prepare,
    ...present({
      itemSelector: language.itemSelector(state),
      maxConcurrency: language.number(state, 'MaxConcurrency'),
      toleratedFailureCount: language.number(state, 'ToleratedFailureCount'),
      toleratedFailurePercentage: language.number(state, 'ToleratedFailurePercentage', { kind: 'float' }),
      itemReader: parseAccess(state, 'ItemReader', language),
      resultWriter: parseAccess(state, 'ResultWriter', language),
      itemBatcher: parseBatcher(state, language),
      label: state.optionalText('Label'),
    }),
  };
}

function parseAccess(state: Fields, name: string, language: Language): ObjectAccess | undefined {
  const access = state.nested(name);
  if (!access || Object.keys(access.object).length === 0) return undefined;
  const configName = name === 'ItemReader' ? 'ReaderConfig' : 'WriterConfig';
  const config = access.nested(configName);
  const maxItems = config && language.number(config, 'MaxItems', { field: `${name}/${configName}/MaxItems` });
  return {
    resource: access.optionalText('Resource') ?? '',
    arguments: language.accessArguments(access, name),
    config: config?.object ?? ({} satisfies Json),
    ...present({ maxItems }),
  };
}

function parseBatcher(state: Fields, language: Language): ItemBatcher | undefined {
  const batcher = state.nested('ItemBatcher');
  if (!batcher) return undefined;
  return present({
    maxItemsPerBatch: language.number(batcher, 'MaxItemsPerBatch', { field: 'ItemBatcher/MaxItemsPerBatch' }),
    maxInputBytesPerBatch: language.number(batcher, 'MaxInputBytesPerBatch', {
      field: 'ItemBatcher/MaxInputBytesPerBatch',
    }),
    batchInput: language.batchInput(batcher),
  });
}
