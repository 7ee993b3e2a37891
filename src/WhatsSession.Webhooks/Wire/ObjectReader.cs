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
    /// <summary>How many places of properties are noted: more than any object of Meta has. Those behind are sought when they are asked for.</summary>
    public const int NotedProperties = 32;

    // An escape takes up to six bytes.
    private const int LongestEscapedName = 6 * JsonText.LongestName;

    private readonly ReadOnlySpan<byte> _utf8;
    private Places _places;
    private int _count;
    private Utf8JsonReader _rest;
    private bool _hasRest;

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
            if (found._count == NotedProperties && !found._hasRest)
            {
                found._rest = reader;
                found._hasRest = true;
            }

            var place = Place.Read(ref reader);
            if (!found._hasRest && !place.IsTooLong)
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
    public readonly ObjectReader ObjectBeside(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => Read(SliceBeside(first, second));

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
        ReadOnlySpan<byte> found = default;
        var rest = _rest;
        for (var more = _hasRest; more; more = rest.Read() && rest.TokenType == JsonTokenType.PropertyName)
        {
            var place = Place.Read(ref rest);
            found = IsCalled(place, name) ? _utf8[place.Start..place.End] : found;
        }

        for (var i = _count - 1; i >= 0 && found.IsEmpty; i--)
        {
            found = IsCalled(_places[i], name) ? _utf8[_places[i].Start.._places[i].End] : found;
        }

        return found;
    }

    /// <summary>The last object of another name as it stands in the JSON; empty where there is none.</summary>
    private readonly ReadOnlySpan<byte> SliceBeside(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        ReadOnlySpan<byte> found = default;
        var rest = _rest;
        for (var more = _hasRest; more; more = rest.Read() && rest.TokenType == JsonTokenType.PropertyName)
        {
            var place = Place.Read(ref rest);
            found = IsObjectBeside(place, first, second) ? _utf8[place.Start..place.End] : found;
        }

        for (var i = _count - 1; i >= 0 && found.IsEmpty; i--)
        {
            found = IsObjectBeside(_places[i], first, second) ? _utf8[_places[i].Start.._places[i].End] : found;
        }

        return found;
    }

    private readonly bool IsObjectBeside(in Place place, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) =>
        _utf8[place.Start] == (byte)'{' && !IsCalled(place, first) && !IsCalled(place, second);

    private readonly bool IsCalled(in Place place, ReadOnlySpan<byte> name)
    {
        if (place.IsTooLong)
        {
            return false;
        }

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

        /// <summary>Whether the name is longer than any that is known.</summary>
        public readonly bool IsTooLong => NameLength > (IsEscaped ? LongestEscapedName : JsonText.LongestName);

        /// <summary>Reads the property whose name the reader stands on, and leaves it on the end of its value.</summary>
        public static Place Read(ref Utf8JsonReader reader)
        {
            var place = new Place { NameStart = (int)reader.TokenStartIndex + 1, NameLength = reader.ValueSpan.Length, IsEscaped = reader.ValueIsEscaped };
            reader.Read();
            place.Start = (int)reader.TokenStartIndex;
            reader.Skip();
            place.End = (int)reader.BytesConsumed;
            return place;
        }
    }

    [InlineArray(NotedProperties)]
    private struct Places
    {
        private Place _first;
    }
}
