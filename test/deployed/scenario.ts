/** An execution that is tried in the emulated account and on this machine. */
export interface Trial {
  readonly flow: string;
  readonly input: object;
  readonly seconds: number;
}

/** What is run one after the other, and how many artifacts readers then have. */
export interface Scenario {
  readonly trials: readonly Trial[];
  readonly artifactCount: number;
}

const carbonMarkets: Scenario = {
  trials: [{ flow: 'build-verra', input: {}, seconds: 600 }],
  artifactCount: 3,
};

const consultationDocuments: Scenario = {
  trials: [{ flow: 'main-ingestion', input: {}, seconds: 900 }],
  artifactCount: 9,
};

/** The last two of the sample server's months; the embedded warehouse of a laptop must count and fit as a server does. */
const headlineTrends: Scenario = {
  trials: [
    { flow: 'backfill-headlines', input: { fromMonth: '2025-05', toMonth: '2025-06' }, seconds: 600 },
    { flow: 'fit-headline-growth', input: { asAt: '2025-07-01', horizonMonths: 2 }, seconds: 300 },
  ],
  artifactCount: 3,
};

/** What the scenario depends on. */
export interface Surroundings {
  readonly hasWarehouse: boolean;
  /** A request over a dataset that both runs read from this machine's disk. */
  readonly geoRequest: object;
}

/** Everything that can be tried here: headlines need a server, which a Lambda reaches and a folder is not. */
export function scenarioFor({ hasWarehouse, geoRequest }: Surroundings): Scenario {
  // its units of work are a distributed Map
  const geo: Scenario = { trials: [{ flow: 'geo-timeseries', input: geoRequest, seconds: 900 }], artifactCount: 1 };
  const parts = [carbonMarkets, consultationDocuments, geo, ...(hasWarehouse ? [headlineTrends] : [])];
  return {
    trials: parts.flatMap(({ trials }) => trials),
    artifactCount: parts.reduce((sum, part) => sum + part.artifactCount, 0),
  };
}
