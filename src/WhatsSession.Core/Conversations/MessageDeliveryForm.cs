using System.Text.Json;
using WhatsSession.Json;

namespace WhatsSession.Conversations;

/// <summary>The JSON of what statuses have told: how far the message has come, then each status with its time.</summary>
internal static class MessageDeliveryForm
{
    public static void Write(Utf8JsonWriter writer, MessageDelivery delivery, JsonSerializerOptions options)
    {
        var fields = new JsonFields(writer, options);
        writer.WriteStartObject();
        fields.Text(nameof(MessageDelivery.Status), delivery.Status.Name);
        fields.Flag(nameof(MessageDelivery.IsDelivered), delivery.IsDelivered);
        fields.Flag(nameof(MessageDelivery.IsFailed), delivery.IsFailed);
        fields.Name(nameof(MessageDelivery.Marks));
        writer.WriteStartArray();
        foreach (var mark in delivery.Marks)
        {
            writer.WriteStartObject();
            fields.Text(nameof(DeliveryMark.Status), mark.Status.Name);
            fields.Time(nameof(DeliveryMark.At), mark.At);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (fields.Begins(nameof(MessageDelivery.Failure), delivery.Failure is null))
        {
            writer.WriteStartObject();
            fields.Time(nameof(DeliveryFailure.At), delivery.Failure!.At);
            fields.Form(nameof(DeliveryFailure.Error), delivery.Failure.Error);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    public static MessageDelivery Read(JsonElement json, JsonSerializerOptions options)
    {
        var found = new JsonFound(json, options, nameof(MessageDelivery));
        return MessageDelivery.Restore(found.Items(nameof(MessageDelivery.Marks)).Select(mark => ReadMark(mark, options)), ReadFailure(found, options));
    }

    private static DeliveryMark ReadMark(JsonElement json, JsonSerializerOptions options)
    {
        var found = new JsonFound(json, options, nameof(DeliveryMark));
        return new DeliveryMark(
            found.Value<DeliveryStatus>(nameof(DeliveryMark.Status)) ?? default,
            found.Time(nameof(DeliveryMark.At)) ?? throw found.Fault(nameof(DeliveryMark.At)));
    }

    private static DeliveryFailure? ReadFailure(JsonFound delivery, JsonSerializerOptions options)
    {
        if (delivery.Object(nameof(MessageDelivery.Failure)) is not { } json)
        {
            return null;
        }

        var found = new JsonFound(json, options, nameof(DeliveryFailure));
        return new DeliveryFailure(
            found.Time(nameof(DeliveryFailure.At)) ?? throw found.Fault(nameof(DeliveryFailure.At)),
            found.Form<GraphError>(nameof(DeliveryFailure.Error)) ?? throw found.Fault(nameof(DeliveryFailure.Error)));
    }
}
