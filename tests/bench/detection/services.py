"""Made-up services: a hidden rate with day, week and slow noise, outages of four shapes, and counts drawn from it."""
import numpy as np

DAY = 1440
RATES = [.003, .01, .03, .1, .3, 1, 3, 10, 30, 100, 300]  # mean reports a minute
STRENGTHS = {"weak": 1, "medium": 3, "strong": 10, "massive": 40}  # peak excess, times (mean + 0.1)
SHAPES = ["step and decay", "ramp", "blip", "plateau"]


def outage_curve(random, shape):
    """Excess over time, a value a minute, 1 at its peak."""
    if shape == "step and decay":
        rise, hold, tau = random.integers(5, 16), random.integers(20, 41), random.uniform(60, 150)
        minute = np.arange(int(rise + hold + 3 * tau))
        return np.minimum((minute + 1) / rise, 1) * np.exp(-np.maximum(minute - rise - hold, 0) / tau)
    if shape == "ramp":
        rise = random.integers(60, 121)
        minute = np.arange(rise + 180)
        return np.minimum((minute + 1) / rise, 1) * np.exp(-np.maximum(minute - rise - 60, 0) / 40)
    low, high = (5, 16) if shape == "blip" else (240, 481)
    return np.ones(random.integers(low, high))


class Service:
    """One series. `shift_at` is the minute at which its users' clock jumps ahead by an hour."""

    def __init__(self, random, minutes, mean, first_minute=0, sharp=False, shift_at=None, holidays=()):
        self.random, self.mean, self.minutes = random, mean, minutes
        self.dispersion, self.clustering = 1 + random.uniform(.05, .5), random.uniform(.01, .06)
        self.outages = []
        local = np.arange(minutes) + first_minute
        if shift_at is not None:
            local = local + np.where(np.arange(minutes) >= shift_at, 60, 0)
        hour, day = local % DAY / 60, local // DAY
        height, noon = random.uniform(1, 1.7) if sharp else random.uniform(.55, 1.3), random.uniform(10, 22)
        wave = height * (np.cos((hour - noon) * np.pi / 12) + .25 * np.cos((hour - noon - 1) * np.pi / 6))
        if sharp:  # an edge at 8:00, and back at 18:00, within minutes
            step = lambda at: 1 / (1 + np.exp(np.clip(-20 * (hour - at), -50, 50)))
            wave = wave + random.uniform(.8, 1.8) * (step(8) - step(18))
        weekend = random.uniform(.4, 1.2)
        factor = np.where(day % 7 == 5, weekend, np.where(day % 7 == 6, weekend * random.uniform(.85, 1.1), 1))
        factor = np.where(np.isin(day, holidays), weekend * .9, factor)
        rate = np.exp(wave) * factor
        rate /= rate[: 7 * DAY].mean()
        self.rate = mean * rate * np.exp(self._slow_noise(random.uniform(.05, .18)))

    def _slow_noise(self, size):
        """An autoregression in the log with a memory of three hours."""
        quarters, keep = self.minutes // 15 + 2, np.exp(-15 / 180)
        shocks = self.random.standard_normal(quarters) * np.sqrt(1 - keep * keep)
        noise = np.empty(quarters)
        state = self.random.standard_normal()
        for i, shock in enumerate(shocks):
            noise[i] = state
            state = keep * state + shock
        return size * np.interp(np.arange(self.minutes) / 15, np.arange(quarters), noise) - size * size / 2

    def add_outage(self, onset, shape, strength, mean=None):
        onset = int(onset)
        curve = outage_curve(self.random, shape)[: max(0, self.minutes - onset)]
        peak = STRENGTHS[strength] * ((self.mean if mean is None else mean) + .1)
        self.outages.append(dict(onset=onset, end=onset + len(curve), shape=shape, strength=strength, mean=self.mean,
                                 excess=(peak * curve)))

    def counts(self):
        """Negative binomial with variance dispersion · m + clustering · m²."""
        rate = self.rate.copy()
        for outage in self.outages:
            rate[outage["onset"] : outage["end"]] += outage.pop("excess")
        size = rate / (self.dispersion - 1 + self.clustering * rate)
        return self.random.poisson(self.random.gamma(size) / size * rate)
