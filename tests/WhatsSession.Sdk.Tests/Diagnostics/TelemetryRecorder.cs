using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace WhatsSession.Sdk.Tests.Diagnostics;

/// <summary>Hears what one runtime measures, and the spans of all.</summary>
internal sealed class TelemetryRecorder : IMeterFactory
{
    private readonly ConcurrentQueue<Meter> _meters = [];
    private readonly MeterListener _listener = new();
    private readonly ActivityListener _spans;

    public TelemetryRecorder()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
            {
                Instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measurements.Enqueue(new(instrument.Name, value, tags.ToArray())));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measurements.Enqueue(new(instrument.Name, value, tags.ToArray())));
        _listener.Start();
        _spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "WhatsSession",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = Spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_spans);
    }

    public List<Instrument> Instruments { get; } = [];

    public ConcurrentQueue<Measurement> Measurements { get; } = [];

    /// <summary>Of every runtime in the process: tests run side by side.</summary>
    public ConcurrentQueue<Activity> Spans { get; } = [];

    public void AddTo(WhatsSessionBuilder builder) => builder.Services.AddSingleton<IMeterFactory>(this);

    /// <summary>What was measured under a name, each as value and tags.</summary>
    public IReadOnlyList<string> Of(string instrument) => [.. Measurements.Where(measured => measured.Instrument == instrument).Select(measured => measured.ToString())];

    /// <summary>The tags of what was measured under a name.</summary>
    public IReadOnlyList<string> TagsOf(string instrument) => [.. Measurements.Where(measured => measured.Instrument == instrument).Select(measured => measured.TagText)];

    public static string Describe(Activity span) =>
        $"{span.DisplayName} [{span.Kind}, {span.Status}] {string.Join(", ", span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}"))}";

    public Meter Create(MeterOptions options)
    {
        var meter = new Meter(new MeterOptions(options.Name) { Version = options.Version, Scope = this });
        _meters.Enqueue(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _spans.Dispose();
        foreach (var meter in _meters)
        {
            meter.Dispose();
        }
    }

    internal sealed record Measurement(string Instrument, double Value, KeyValuePair<string, object?>[] Tags)
    {
        public string TagText => string.Join(", ", Tags.Select(tag => $"{tag.Key}={tag.Value}"));

        public override string ToString() => FormattableString.Invariant($"{Value}: {TagText}");
    }
}
