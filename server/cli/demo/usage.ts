/** What a process has used so far. */
export interface Usage {
  readonly cpuSeconds: number;
  readonly maxMegabytes: number;
}

export function ownUsage(): Usage {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, maxMegabytes: maxRSS / 1024 };
}

/** Of the server, as it says of itself, with what it holds in memory now; null when it says nothing. */
export async function usageOf(origin: string): Promise<(Usage & { readonly megabytesNow: number }) | null> {
  try {
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    const gauge = (name: string) => Number(new RegExp(`^dastarkhan_${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
    const usage = {
      cpuSeconds: gauge('cpu_seconds'),
      maxMegabytes: gauge('peak_memory_bytes') / 2 ** 20,
      megabytesNow: gauge('resident_memory_bytes') / 2 ** 20,
    };
    return Object.values(usage).every(Number.isFinite) ? usage : null;
  } catch {
    return null;
  }
}
