using System.Reflection;
using System.Text.Json.Serialization;
using NodaTime;
using WhatsSession.Json;
using WhatsSession.Storage;

namespace WhatsSession.Sdk.Tests.Json;

/// <summary>What every public type is held to, so that a new one cannot be written to JSON by its insides.</summary>
[WithoutEmulator("Rules over types: no Meta is in them.")]
public sealed class JsonRuleTests
{
    private static readonly Assembly[] Libraries = [typeof(SendPolicy).Assembly, typeof(GraphClient).Assembly, typeof(WebhookReader).Assembly, typeof(WhatsSessionClient).Assembly];

    /// <summary>What applications meet, and what of a store's types they reach from there.</summary>
    private static readonly Type[] Types =
    [
        .. Libraries.SelectMany(library => library.GetExportedTypes()).Where(type => type.Namespace == "WhatsSession" && !typeof(Exception).IsAssignableFrom(type)),
        typeof(StoredEvent), typeof(SendIntent), typeof(EventFacts), typeof(PlannedAlert),
    ];

    [Fact]
    public void Times_OfPublicTypes_AreWrittenInIso()
    {
        var times = PropertiesOf(typeof(Instant), typeof(Duration), typeof(LocalDate), typeof(LocalTime), typeof(LocalDateTime), typeof(ZonedDateTime), typeof(Interval));

        times.Should().HaveCountGreaterThan(50);
        times.Where(property => ConverterOf(property) != typeof(JsonTimeConverter)).Select(Name).Should().BeEmpty();
    }

    /// <summary>The bytes of a medium and a hash are no JSON: base64 is their form.</summary>
    [Fact]
    public void Contents_OfPublicTypes_AreWrittenAsJson()
    {
        var contents = PropertiesOf(typeof(ReadOnlyMemory<byte>), typeof(byte[]));

        contents.Should().HaveCountGreaterThan(8);
        contents.Where(property => ConverterOf(property) != typeof(JsonContentConverter)).Select(Name).Should().BeEquivalentTo("Bytes.Content", "MediaUpload.Sha256");
    }

    [Fact]
    public void Choices_Public_AreWrittenAsNames() =>
        Libraries.SelectMany(library => library.GetExportedTypes()).Where(type => type.IsEnum)
            .Should().NotBeEmpty().And.OnlyContain(type => type.GetCustomAttribute<JsonConverterAttribute>()!.ConverterType == typeof(JsonEnumConverter<>).MakeGenericType(type));

    [Fact]
    public void IdsAndWords_Public_AreWrittenAsStrings()
    {
        var texts = Types.Where(type => type.IsValueType && !type.IsEnum && (type.GetMethod("TryParse", [typeof(string), type.MakeByRefType()]) is not null
            || type.GetConstructor([typeof(string)]) is not null || type == typeof(ConversationKey) || type == typeof(EventKey))).ToList();

        texts.Should().HaveCountGreaterThan(45)
            .And.OnlyContain(type => type.GetCustomAttribute<JsonConverterAttribute>()!.ConverterType == typeof(JsonTextConverter<>).MakeGenericType(type));
    }

    /// <summary>A property whose type is abstract would be written with what the base has, mostly nothing. Messages have a converter where they are properties.</summary>
    [Fact]
    public void Choices_OfCases_NameTheirCases() =>
        Types.Where(type => type is { IsAbstract: true, IsSealed: false, IsInterface: false } && type.GetMethod("<Clone>$") is not null)
            .Where(type => !type.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false) && !type.IsDefined(typeof(JsonConverterAttribute), inherit: false))
            .Select(type => type.Name)
            .Should().BeEquivalentTo("Message", "SessionMessage", "InteractiveMessage", "MediaMessage", "Upload");

    private static List<PropertyInfo> PropertiesOf(params Type[] types) =>
    [
        .. Types.Where(type => !type.IsDefined(typeof(JsonConverterAttribute), inherit: false) && !type.IsByRefLike)
            .Where(type => !(type.BaseType?.IsDefined(typeof(JsonConverterAttribute), inherit: false) ?? false))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(property => property.GetIndexParameters().Length == 0 && !property.IsDefined(typeof(JsonIgnoreAttribute), inherit: false))
            .Where(property => types.Contains(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)),
    ];

    private static Type? ConverterOf(PropertyInfo property) => property.GetCustomAttribute<JsonConverterAttribute>()?.ConverterType;

    private static string Name(PropertyInfo property) => $"{property.DeclaringType!.Name}.{property.Name}";
}
