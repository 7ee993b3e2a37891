using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using NodaTime;
using WhatsSession.Shared;

namespace WhatsSession.Wire;

/// <summary>The properties of one JSON object, found in one pass and then asked for by name: for everything but the hot path.</summary>
/// <remarks>
/// What is absent and what is of another shape are alike: null, false or empty. Of a name that stands twice the last one counts.
/// Nothing inside is read before it is asked for.
/// </remarks>
internal ref struct ObjectReader
{
    /// <summary>The most properties that are looked at: more than twice as many as any object of Meta has. A hostile one cannot make more work.</summary>
    public const int MostProperties = 64;

    // An escape takes up to six bytes.
    private const int LongestEscapedName = 6 * JsonText.LongestName;

    private readonly ReadOnlySpan<byte> _utf8;
    private Places _places;
    private int _count;

    private ObjectReader(ReadOnlySpan<byte> utf8)
    {
        _utf8 = utf8;
        IsPresent = true;
    }

    /// <summary>Whether there is an object at all.</summary>
    public bool IsPresent { get; }

    /// <summary>Finds the properties of the object that the reader stands on, and leaves it on its end. Anything else is skipped.</summary>
    /// <param name="utf8">What the reader reads, from its start.</param>
    /// <param name="reader">The reader.</param>
    public static ObjectReader Read(ReadOnlySpan<byte> utf8, scoped ref Utf8JsonReader reader)
    {
        if (!JsonText.EntersObject(ref reader))
        {
            return default;
        }

        var found = new ObjectReader(utf8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var place = new Place { NameStart = (int)reader.TokenStartIndex + 1, NameLength = reader.ValueSpan.Length, IsEscaped = reader.ValueIsEscaped };
            reader.Read();
            place.Start = (int)reader.TokenStartIndex;
            reader.Skip();
            place.End = (int)reader.BytesConsumed;
            if (found._count < MostProperties && place.NameLength <= (place.IsEscaped ? LongestEscapedName : JsonText.LongestName))
            {
                found._places[found._count++] = place;
            }
        }

        return found;
    }

    /// <summary>Finds the properties of the object that the JSON is; where it is none, one that is not present.</summary>
    public static ObjectReader Read(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return default;
        }

        var reader = new Utf8JsonReader(utf8, JsonText.Options);
        reader.Read();
        return Read(utf8, ref reader);
    }

    /// <summary>A text.</summary>
    public readonly string? Text(ReadOnlySpan<byte> name) => Value(name, JsonText.Read);

    /// <summary>An id: null when it is longer than any.</summary>
    public readonly string? Id(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadId);

    /// <summary>A text of which few different ones are expected.</summary>
    public readonly string? Word(ReadOnlySpan<byte> name) => Value(name, Utf8Interner.Read);

    /// <summary>A word of Meta's as the value that it names; <c>default</c> where there is none.</summary>
    public readonly T Word<T>(ReadOnlySpan<byte> name, Func<string, T> make)
        where T : struct => Word(name) is { } word ? make(word) : default;

    /// <summary>A whole number.</summary>
    public readonly long? Whole(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadInt64);

    /// <summary>A number.</summary>
    public readonly double? Number(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadDouble);

    /// <summary>An exact number.</summary>
    public readonly decimal? Exact(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadDecimal);

    /// <summary>Whether it is true.</summary>
    public readonly bool Flag(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadBoolean);

    /// <summary>An address.</summary>
    public readonly Uri? Url(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadUrl);

    /// <summary>A time.</summary>
    public readonly Instant? Time(ReadOnlySpan<byte> name) => Value(name, Timestamps.ReadOptional);

    /// <summary>When an event happened; the epoch where it does not say.</summary>
    public readonly Instant Timestamp() => Time("timestamp"u8) ?? NodaConstants.UnixEpoch;

    /// <summary>A customer's identifier; null when it does not parse: it is not guessed at.</summary>
    public readonly CustomerId? Customer(ReadOnlySpan<byte> name) => CustomerId.TryParse(Id(name), out var customer) ? customer : null;

    /// <summary>The id of a message.</summary>
    public readonly MessageId? Message(ReadOnlySpan<byte> name) => MessageId.TryParse(Id(name), out var message) ? message : null;

    /// <summary>The id of a group.</summary>
    public readonly GroupId? Group(ReadOnlySpan<byte> name) => GroupId.TryParse(Id(name), out var group) ? group : null;

    /// <summary>Meta's errors; empty when there are none.</summary>
    public readonly IReadOnlyList<GraphError> Errors() =>
        Value("errors"u8, static (ref Utf8JsonReader reader) => GraphErrorReader.ReadAll(ref reader, [])) ?? [];

    /// <summary>Scalars as text.</summary>
    public readonly IReadOnlyList<string> Texts(ReadOnlySpan<byte> name) => Value(name, JsonText.ReadTexts) ?? [];

    /// <summary>A value that is read in another way.</summary>
    public readonly T? Value<T>(ReadOnlySpan<byte> name, JsonReading<T> read)
    {
        var utf8 = Slice(name);
        if (utf8.IsEmpty)
        {
            return default;
        }

        var reader = new Utf8JsonReader(utf8, JsonText.Options);
        reader.Read();
        return read(ref reader);
    }

    /// <summary>An object; where there is none, one that is not present and has no properties.</summary>
    public readonly ObjectReader Object(ReadOnlySpan<byte> name) => Read(Slice(name));

    /// <summary>The last object whose name is neither of these; where there is none, one that is not present.</summary>
    public readonly ObjectReader ObjectBeside(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            var place = _places[i];
            if (_utf8[place.Start] == (byte)'{' && !IsCalled(place, first) && !IsCalled(place, second))
            {
                return Read(_utf8[place.Start..place.End]);
            }
        }

        return default;
    }

    /// <summary>What an object is made into; null where there is none.</summary>
    public readonly T? Object<T>(ReadOnlySpan<byte> name, ObjectParsing<T> parse)
        where T : class
    {
        var inner = Object(name);
        return inner.IsPresent ? parse(inner) : null;
    }

    /// <summary>What the objects of an array are made into; anything else in it is skipped.</summary>
    public readonly IReadOnlyList<T> List<T>(ReadOnlySpan<byte> name, ObjectParsing<T> parse)
    {
        var utf8 = Slice(name);
        if (utf8.IsEmpty)
        {
            return [];
        }

        var reader = new Utf8JsonReader(utf8, JsonText.Options);
        reader.Read();
        return ReadList(utf8, ref reader, parse);
    }

    /// <summary>
    /// What the objects of the array that the reader stands on are made into; anything else in it, and anything that is no array, is skipped.
    /// </summary>
    public static IReadOnlyList<T> ReadList<T>(ReadOnlySpan<byte> utf8, ref Utf8JsonReader reader, ObjectParsing<T> parse)
    {
        if (!JsonText.EntersArray(ref reader))
        {
            return [];
        }

        var list = new List<T>();
        while (JsonText.NextElement(ref reader))
        {
            if (reader.TokenType == JsonTokenType.StartObject && list.Count < JsonText.LongestList)
            {
                list.Add(parse(Read(utf8, ref reader)));
            }
            else
            {
                reader.Skip();
            }
        }

        return list;
    }

    /// <summary>The value as it stands in the JSON; empty where there is none.</summary>
    private readonly ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> name)
    {
        for (var i = _count - 1; i >= 0; i--)
        {
            if (IsCalled(_places[i], name))
            {
                return _utf8[_places[i].Start.._places[i].End];
            }
        }

        return default;
    }

    private readonly bool IsCalled(in Place place, ReadOnlySpan<byte> name)
    {
        var written = _utf8.Slice(place.NameStart, place.NameLength);
        return place.IsEscaped ? JsonText.Decode(written) == Encoding.UTF8.GetString(name) : written.SequenceEqual(name);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct Place
    {
        public int NameStart { get; init; }

        public int NameLength { get; init; }

        public bool IsEscaped { get; init; }

        public int Start { get; set; }

        public int End { get; set; }
    }

    [InlineArray(MostProperties)]
    private struct Places
    {
        private Place _first;
    }
}
