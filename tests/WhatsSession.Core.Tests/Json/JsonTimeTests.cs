using System.Text.Json;
using System.Text.Json.Serialization;
using CsCheck;
using NodaTime;
using WhatsSession.Json;

namespace WhatsSession.Core.Tests.Json;

public sealed class JsonTimeTests
{
    [Theory]
    [InlineData(0, "PT0S")]
    [InlineData(1, "PT1S")]
    [InlineData(5_400, "PT1H30M")]
    [InlineData(86_400, "PT24H")]
    [InlineData(90_061, "PT25H1M1S")]
    [InlineData(-3_600, "-PT1H")]
    public void Serialize_Duration_IsHoursMinutesAndSeconds(int seconds, string text) =>
        Written(new Times { Length = Duration.FromSeconds(seconds) }).GetProperty("Length").GetString().Should().Be(text);

    [Fact]
    public void Serialize_Fractions_StandOnlyWhereTheyAre()
    {
        var json = Written(new Times { At = Given.Noon, Maybe = Given.Noon + Duration.FromMilliseconds(250), Length = Duration.FromMilliseconds(-1), Day = new LocalDate(1990, 1, 2) });

        json.ToString().Should().Be("""{"At":"2026-03-14T12:00:00Z","Maybe":"2026-03-14T12:00:00.25Z","Length":"-PT0.001S","MaybeLength":null,"Day":"1990-01-02"}""");
    }

    [Theory]
    [InlineData("PT1H30M", 5_400)]
    [InlineData("P1D", 86_400)]
    [InlineData("P1DT1H", 90_000)]
    [InlineData("-P1DT1S", -86_401)]
    [InlineData("PT90M", 5_400)]
    public void Deserialize_DurationOfAnotherWriter_IsRead(string text, int seconds) =>
        JsonSerializer.Deserialize<Times>($$"""{"Length":"{{text}}"}""")!.Length.Should().Be(Duration.FromSeconds(seconds));

    [Theory]
    [InlineData("\"P\"")]
    [InlineData("\"PT\"")]
    [InlineData("\"P1DT\"")]
    [InlineData("\"P1Y\"")]
    [InlineData("\"P1M\"")]
    [InlineData("\"PT1S1H\"")]
    [InlineData("\"PT1.S\"")]
    [InlineData("\"PT0.0000000001S\"")]
    [InlineData("\"PT9223372036854775807H\"")]
    [InlineData("\"PT99999999999999999999S\"")]
    [InlineData("\"01:30:00\"")]
    [InlineData("\"\"")]
    [InlineData("5400")]
    [InlineData("null")]
    public void Deserialize_NoDuration_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<Times>($$"""{"Length":{{json}}}""");

        read.Should().Throw<JsonException>().WithMessage("*Duration*ISO 8601*");
    }

    [Theory]
    [InlineData("\"2026-03-14\"")]
    [InlineData("\"2026-03-14T12:00:00\"")]
    [InlineData("{}")]
    public void Deserialize_NoInstant_IsRefused(string json)
    {
        var read = () => JsonSerializer.Deserialize<Times>($$"""{"At":{{json}}}""");

        read.Should().Throw<JsonException>().WithMessage("*Instant*ISO 8601*");
    }

    [Fact]
    public void Duration_AnyWithinItsRange_IsReadBack() =>
        Gen.Select(Gen.Long, Gen.Int[-3_000_000, 3_000_000]).Sample((nanoseconds, days) =>
        {
            var times = new Times { Length = Duration.FromNanoseconds(nanoseconds) + Duration.FromDays(days), MaybeLength = Duration.FromNanoseconds(nanoseconds) };
            return JsonSerializer.Deserialize<Times>(JsonSerializer.Serialize(times)) == times;
        });

    [Fact]
    public void Duration_AtTheEndsOfItsRange_IsReadBack()
    {
        foreach (var end in new[] { Duration.MinValue, Duration.MaxValue, Duration.Epsilon, -Duration.Epsilon })
        {
            JsonSerializer.Deserialize<Times>(JsonSerializer.Serialize(new Times { Length = end }))!.Length.Should().Be(end);
        }
    }

    private static JsonElement Written(Times times) => JsonSerializer.SerializeToElement(times);

    private sealed record Times
    {
        [JsonConverter(typeof(JsonTimeConverter))]
        public Instant At { get; init; }

        [JsonConverter(typeof(JsonTimeConverter))]
        public Instant? Maybe { get; init; }

        [JsonConverter(typeof(JsonTimeConverter))]
        public Duration Length { get; init; }

        [JsonConverter(typeof(JsonTimeConverter))]
        public Duration? MaybeLength { get; init; }

        [JsonConverter(typeof(JsonTimeConverter))]
        public LocalDate? Day { get; init; }
    }
}
