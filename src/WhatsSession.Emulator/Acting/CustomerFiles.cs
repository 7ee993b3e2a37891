using WhatsSession.Emulator.Acting;
using WhatsSession.Emulator.Customers;

namespace WhatsSession.Emulator;

/// <summary>Files that customers send.</summary>
public static class CustomerFiles
{
    /// <summary>Sends a file to the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="media">The file.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">The type is not a type of media.</exception>
    public static Task<string> SendsAsync(this EmulatedCustomer customer, CustomerMedia media, CancellationToken cancellationToken = default) =>
        SendAsync(customer, Checked(media), customer.World.Numbers.Only(), group: null, cancellationToken);

    /// <summary>Sends a file.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="media">The file.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">The type is not a type of media.</exception>
    public static Task<string> SendsAsync(
        this EmulatedCustomer customer, CustomerMedia media, string toNumber, CancellationToken cancellationToken = default) =>
        SendAsync(customer, Checked(media), customer.World.Numbers.Get(toNumber), group: null, cancellationToken);

    /// <summary>Sends a picture to the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsImageAsync(this EmulatedCustomer customer, string? caption, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.Image.Sample(caption), customer.World.Numbers.Only(), group: null, cancellationToken);

    /// <summary>Sends a picture.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsImageAsync(
        this EmulatedCustomer customer, string? caption, string toNumber, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.Image.Sample(caption), customer.World.Numbers.Get(toNumber), group: null, cancellationToken);

    /// <summary>Sends a video to the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsVideoAsync(this EmulatedCustomer customer, string? caption, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.Video.Sample(caption), customer.World.Numbers.Only(), group: null, cancellationToken);

    /// <summary>Sends a video.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsVideoAsync(
        this EmulatedCustomer customer, string? caption, string toNumber, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.Video.Sample(caption), customer.World.Numbers.Get(toNumber), group: null, cancellationToken);

    /// <summary>Sends a PDF to the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsDocumentAsync(this EmulatedCustomer customer, string? caption, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.Document.Sample(caption), customer.World.Numbers.Only(), group: null, cancellationToken);

    /// <summary>Sends a PDF.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="caption">The caption; null or empty for none.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsDocumentAsync(
        this EmulatedCustomer customer, string? caption, string toNumber, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.Document.Sample(caption), customer.World.Numbers.Get(toNumber), group: null, cancellationToken);

    /// <summary>Sends a voice note to the one business number there is.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsVoiceNoteAsync(this EmulatedCustomer customer, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.VoiceNote.Sample(caption: null), customer.World.Numbers.Only(), group: null, cancellationToken);

    /// <summary>Sends a voice note.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="toNumber">The phone number id of the business number.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    public static Task<string> SendsVoiceNoteAsync(this EmulatedCustomer customer, string toNumber, CancellationToken cancellationToken = default) =>
        SendAsync(customer, MediaKind.VoiceNote.Sample(caption: null), customer.World.Numbers.Get(toNumber), group: null, cancellationToken);

    /// <summary>Sends a file to a group. This opens the group's window, not the customer's own window.</summary>
    /// <param name="customer">Who.</param>
    /// <param name="media">The file.</param>
    /// <param name="groupId">The group.</param>
    /// <param name="cancellationToken">Stops the waiting. The message is delivered anyway.</param>
    /// <returns>The message's id (wamid).</returns>
    /// <exception cref="ArgumentException">There is no such group, or the type is not one of media.</exception>
    /// <exception cref="InvalidOperationException">The customer is not in it.</exception>
    public static Task<string> SendsInGroupAsync(
        this EmulatedCustomer customer, CustomerMedia media, string groupId, CancellationToken cancellationToken = default)
    {
        var group = customer.Joined(groupId);
        return SendAsync(customer, Checked(media), group.Number, group, cancellationToken);
    }

    private static CustomerMedia Checked(CustomerMedia media)
    {
        ArgumentNullException.ThrowIfNull(media);
        return media.Type is "image" or "video" or "audio" or "document" or "sticker"
            ? media
            : throw new ArgumentException($"'{media.Type}' is not a type of media: use image, video, audio, document or sticker.", nameof(media));
    }

    private static Task<string> SendAsync(
        EmulatedCustomer customer, CustomerMedia media, EmulatedNumber number, Group? group, CancellationToken cancellationToken)
    {
        var file = customer.World.Media.AddInbound(number, media.MimeType, media.Bytes);
        var url = customer.World.Media.UrlOf(file);
        return customer.WriteAsync(
            new(customer.Person, number, media.Type, json => CustomerContent.WriteMedia(json, media, file, url)) { Group = group },
            cancellationToken);
    }
}
