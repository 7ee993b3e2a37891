using System.Text.Json.Serialization;
using WhatsSession.Json;

namespace WhatsSession;

/// <summary>The state of an order. Values that this version does not know are allowed.</summary>
/// <param name="Name">Meta's word.</param>
/// <remarks>Equality is ordinal on the name.</remarks>
[JsonConverter(typeof(JsonTextConverter<OrderStatus>))]
public readonly record struct OrderStatus(string Name) : IJsonText<OrderStatus>
{
    /// <summary>Not paid, or not started.</summary>
    public static OrderStatus Pending { get; } = new("pending");

    /// <summary>Being prepared.</summary>
    public static OrderStatus Processing { get; } = new("processing");

    /// <summary>Shipped in part.</summary>
    public static OrderStatus PartiallyShipped { get; } = new("partially_shipped");

    /// <summary>Shipped.</summary>
    public static OrderStatus Shipped { get; } = new("shipped");

    /// <summary>Done.</summary>
    public static OrderStatus Completed { get; } = new("completed");

    /// <summary>Canceled.</summary>
    public static OrderStatus Canceled { get; } = new("canceled");

    /// <inheritdoc />
    public override string ToString() => Name ?? "";

    static string? IJsonText<OrderStatus>.ToJson(OrderStatus value) => value.Name;

    static OrderStatus? IJsonText<OrderStatus>.FromJson(string? text) => new OrderStatus(text!);
}
