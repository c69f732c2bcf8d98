import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { path, template } from './path-checks.ts';
import { member, type Place, report } from './place.ts';
import {
  anything,
  checkExclusive,
  checkFields,
  checkRequired,
  type FieldChecks,
  integer,
  nonEmptyArrayOf,
  oneOf,
  orExpression,
  text,
} from './value-checks.ts';

/** Checks where a Map state takes its items from and leaves its results. */
export function checkMap(state: JsonObject, place: Place): void {
  for (const [name, check] of Object.entries(parts)) {
    const part = state[name];
    if (isJsonObject(part)) check(part, member(place, name));
  }
}

const parts: Readonly<Record<string, (part: JsonObject, place: Place) => void>> = {
  ItemReader: checkReader,
  ItemBatcher: checkBatcher,
  ResultWriter: checkWriter,
};

const accessFields: FieldChecks = { Parameters: template, Arguments: anything, Resource: anything };

function checkReader(reader: JsonObject, place: Place): void {
  if (checkRequired(reader, place, ['Resource'])) {
    checkStoreResource(reader.Resource ?? null, member(place, 'Resource'), ['getObject', 'listObjectsV2']);
  }
  checkFields(reader, place, { ...accessFields, ReaderConfig: anything });
  checkAccessLanguage(reader, place);
  if (isJsonObject(reader.ReaderConfig)) checkReaderConfig(reader.ReaderConfig, member(place, 'ReaderConfig'));
}

const readerConfigFields: FieldChecks = {
  InputType: oneOf('CSV', 'JSON', 'JSONL', 'PARQUET', 'MANIFEST'),
  Transformation: oneOf('NONE', 'LOAD_AND_FLATTEN'),
  ManifestType: oneOf('S3_INVENTORY', 'ATHENA_DATA'),
  CSVDelimiter: oneOf('COMMA', 'PIPE', 'SEMICOLON', 'SPACE', 'TAB'),
  CSVHeaderLocation: oneOf('FIRST_ROW', 'GIVEN'),
  CSVHeaders: nonEmptyArrayOf(text),
  ItemsPointer: text,
  MaxItems: orExpression(integer(0)),
  MaxItemsPath: path,
};

function checkReaderConfig(config: JsonObject, place: Place): void {
  checkFields(config, place, readerConfigFields);
  checkExclusive(config, place, { names: ['MaxItems', 'MaxItemsPath'], isRequired: false });
  if (config.InputType === 'CSV' && config.CSVHeaderLocation === undefined) {
    report(place, "The field 'CSVHeaderLocation' is required");
  }
  if (config.InputType === 'JSON' && config.CSVHeaderLocation !== undefined) {
    report(place, "Field 'CSVHeaderLocation' is not supported");
  }
  if (config.CSVHeaderLocation === 'GIVEN') checkRequired(config, place, ['CSVHeaders']);
}

function checkBatcher(batcher: JsonObject, place: Place): void {
  const size = orExpression(integer(1));
  checkFields(batcher, place, {
    MaxItemsPerBatch: size,
    MaxItemsPerBatchPath: path,
    MaxInputBytesPerBatch: orExpression(integer(1, 262_144)),
    MaxInputBytesPerBatchPath: path,
    BatchInput: template,
  });
  checkExclusive(batcher, place, { names: ['MaxItemsPerBatch', 'MaxItemsPerBatchPath'], isRequired: false });
  checkExclusive(batcher, place, { names: ['MaxInputBytesPerBatch', 'MaxInputBytesPerBatchPath'], isRequired: false });
}

function checkWriter(writer: JsonObject, place: Place): void {
  checkFields(writer, place, { ...accessFields, WriterConfig: anything });
  checkAccessLanguage(writer, place);
  if (writer.Resource !== undefined) checkStoreResource(writer.Resource, member(place, 'Resource'), ['putObject']);
}

function checkStoreResource(resource: Json, place: Place, apis: readonly string[]): void {
  const api = typeof resource === 'string' ? /^arn:[^:]*:states:::s3:(\w+)$/.exec(resource)?.[1] : undefined;
  if (api === undefined || !apis.includes(api)) {
    report(place, "The field 'Resource' does not match any of the allowed values");
  }
}

function checkAccessLanguage(access: JsonObject, place: Place): void {
  const [foreign, other] = place.language === 'JSONata' ? ['Parameters', 'JSONPath'] : ['Arguments', 'JSONata'];
  if (access[foreign] === undefined) return;
  const problem = `The QueryLanguage is set to '${place.language}', but field '${foreign}' is only supported for the '${other}' QueryLanguage`;
  report(member(place, foreign), problem);
}
