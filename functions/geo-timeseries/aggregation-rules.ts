import type { RunRequest } from './flow-inputs.contract.ts';

/** How missing figures, weights and coordinates count; without any, as in the original. */
export interface AggregationRules {
  /** Divides by the weights of present figures only. @default false */
  readonly weightsOfPresentOnly?: boolean;
  /** Keeps cells that lack a coordinate, for everything but the grid. @default false */
  readonly keepWithoutCoordinates?: boolean;
  /** A group without any figure has a sum of null instead of 0, and divides nothing. @default false */
  readonly emptyAsNull?: boolean;
}

export function aggregationRules(
  request: Pick<RunRequest, 'weights_of_present_only' | 'keep_rows_without_coordinates' | 'empty_groups_as_null'>,
): AggregationRules {
  return {
    weightsOfPresentOnly: request.weights_of_present_only,
    keepWithoutCoordinates: request.keep_rows_without_coordinates,
    emptyAsNull: request.empty_groups_as_null,
  };
}
