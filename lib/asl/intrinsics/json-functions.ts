import { isJsonObject, type Json } from '../../json.ts';
import { type IntrinsicFunction, intrinsicFailure, taking, textOf } from './intrinsic-function.ts';

/** `States.StringToJson`, `States.JsonToString` and `States.JsonMerge`. */
export const jsonFunctions = {
  /** A text of nothing but blanks reads as null. */
  StringToJson: taking(1, ([text]) => parse(textOf(text))),

  JsonToString: taking(1, ([value]) => JSON.stringify(value)),

  /** Members of the second object win; the service merges shallowly only, so the third argument must be false. */
  JsonMerge: taking(3, ([left, right, isDeep]) => {
    if (isDeep !== false) throw intrinsicFailure('Invalid arguments: only shallow merging is supported, write false');
    if (!isJsonObject(left) || !isJsonObject(right)) {
      throw intrinsicFailure('Invalid arguments: only two JSON objects can be merged');
    }
    return { ...left, ...right };
  }),
} satisfies Record<string, IntrinsicFunction>;

function parse(text: string): Json {
  if (text.trim() === '') return null;
  try {
    // the service writes the number -0 as 0
    return JSON.parse(text, (_, value) => (value === 0 ? 0 : value));
  } catch (error) {
    if (error instanceof SyntaxError) throw intrinsicFailure(`Invalid JSON text: ${error.message}`);
    throw error;
  }
}
