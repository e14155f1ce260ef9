-- For wrk: reports of many people about one service; each request has an address and words of its own.
acknowledged, refused = 0, 0  -- global: read from each thread when all is done
local counter, threads, bodies = 0, {}, {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("first", #threads * 7919)
end

function init(args)
    math.randomseed(first + tonumber(args[1] or 1) * 104729)
    local regions = { "US-CA", "US-NY", "GB-LND", "DE-BE", "FR-IDF" }
    for i = 1, 512 do
        bodies[i] = string.format('{"category":"%s","region":"%s","message":"error %d while sending mail to a colleague"}',
            "sending-or-receiving", regions[i % #regions + 1], i)
    end
end

function request()
    counter = counter + 1
    local address = string.format("%d.%d.%d.%d", math.random(11, 126), math.random(0, 255), math.random(0, 255), math.random(1, 254))
    return wrk.format("POST", nil, { ["Content-Type"] = "application/json", ["X-Forwarded-For"] = address },
        bodies[counter % #bodies + 1])
end

function response(status)
    if status == 202 then acknowledged = acknowledged + 1 else refused = refused + 1 end
end

function done(summary, latency)
    local good, bad = 0, 0
    for _, thread in ipairs(threads) do
        good = good + thread:get("acknowledged")
        bad = bad + thread:get("refused")
    end
    local broken = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
    print(string.format("RESULT acknowledged=%d refused=%d broken=%d micros=%d p50=%d p99=%d",
        good, bad, broken, summary.duration, latency:percentile(50), latency:percentile(99)))
end
