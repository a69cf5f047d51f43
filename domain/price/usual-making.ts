/** How a shop makes parts as long as nobody says otherwise for a line; all lengths in mm, all times in s. */
export interface UsualMaking {
  resin: {
    layerMm: number;
    secondsPerLayer: number;
    /** The first layers are exposed longer. */
    bottomLayers: number;
    bottomSecondsPerLayer: number;
    /** Of the part's volume. */
    supportPercent: number;
    washCureMinutes: number;
  };
  powder: {
    chamberXMm: number;
    chamberYMm: number;
    chamberZMm: number;
    layerMm: number;
    secondsPerLayer: number;
    /** Part of the chamber that bodies fill. */
    packingPercent: number;
    /** Kept free round each part. */
    gapMm: number;
    /** Of a full chamber. */
    coolDownSeconds: number;
    powderGPerCm3: number;
    /** Unsintered powder that is replaced by new. */
    refreshPercent: number;
  };
  laser: {
    /** Of a sheet that becomes parts. */
    yieldPercent: number;
    secondsPerSheet: number;
  };
  cnc: {
    finishedMm2PerSecond: number;
    setups: number;
    toolChanges: number;
    /** Of the stock, on every side of the part. */
    stockAllowanceMm: number;
  };
  casting: {
    /** Sprue and what is filed off, of the piece. */
    lossPercent: number;
    waxMinorPerLitre: number;
    hallmarkMinor: number;
  };
}

/**
 * Middle values of what is usual for each process (supports 10 to 30 %, nesting 70 to 85 % of a sheet, powder packed to 6 to 12 %,
 * sprue and loss 8 to 20 %), the chamber of a bench-top sintering machine. Shops begin with them.
 */
export const firstUsualMaking: UsualMaking = {
  resin: {
    layerMm: 0.05,
    secondsPerLayer: 8,
    bottomLayers: 5,
    bottomSecondsPerLayer: 30,
    supportPercent: 20,
    washCureMinutes: 0,
  },
  powder: {
    chamberXMm: 165,
    chamberYMm: 165,
    chamberZMm: 300,
    layerMm: 0.11,
    secondsPerLayer: 30,
    packingPercent: 10,
    gapMm: 5,
    coolDownSeconds: 50_400,
    powderGPerCm3: 0.45,
    refreshPercent: 30,
  },
  laser: { yieldPercent: 75, secondsPerSheet: 120 },
  cnc: { finishedMm2PerSecond: 20, setups: 2, toolChanges: 4, stockAllowanceMm: 2 },
  casting: { lossPercent: 12, waxMinorPerLitre: 25_000, hallmarkMinor: 0 },
};

/** Books from before there was a choice go by the first values. */
export const usualMakingOf = ({ usualMaking }: { usualMaking?: UsualMaking }): UsualMaking =>
  usualMaking ?? firstUsualMaking;
